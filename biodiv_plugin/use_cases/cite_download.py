"""Cite a download: its datasets and the portal, in the forms that people paste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Optional

from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, Manifest, Source
from biodiv_plugin.portal.citation import Portal, as_bibtex, as_ris, as_text
from biodiv_plugin.portal.collectory import Citation, CollectoryClient
from biodiv_plugin.portal.http import UNWATCHED, Feedback


@dataclass(frozen=True)
class DownloadCitation:
    """What to cite. ``complete`` tells whether the portal told how, with DOI and rights."""

    citations: tuple[Citation, ...]
    portal: Portal
    accessed: date
    sensitive: bool
    complete: bool

    def text(self, language: str) -> str:
        """Return plain text in ``nl`` or ``en``, one dataset a line."""
        return as_text(self.citations, self.portal, self.accessed, language, self.sensitive)

    def bibtex(self) -> str:
        return as_bibtex(self.citations, self.portal, self.accessed)

    def ris(self) -> str:
        return as_ris(self.citations, self.portal, self.accessed)


def citation_of(manifest: Manifest) -> DownloadCitation:
    """Return the citation as the file tells it, without asking anybody."""
    return _citation(manifest, tuple(map(_told_by_file, manifest.sources)), complete=False)


def cite_download(
    manifest: Manifest, collectory: CollectoryClient, feedback: Optional[Feedback] = None
) -> DownloadCitation:
    """Return the citation as the portal tells it now; the datasets are those of the file.

    Raises a ``PortalError`` where the portal does not answer.
    """
    uids = [source.uid for source in manifest.sources]
    told = {each.uid: each for each in collectory.citations(uids, feedback or UNWATCHED)}
    citations = (told.get(source.uid) or _told_by_file(source) for source in manifest.sources)
    return _citation(manifest, tuple(citations), complete=True)


def _citation(
    manifest: Manifest, citations: tuple[Citation, ...], complete: bool
) -> DownloadCitation:
    return DownloadCitation(
        citations,
        Portal(url=manifest.portal),
        date.fromisoformat(manifest.created[:10]),
        manifest.sensitivity == HIGH_RESOLUTION,
        complete,
    )


def _told_by_file(source: Source) -> Citation:
    return Citation(
        uid=source.uid,
        name=source.name,
        citation=source.citation,
        rights=source.licence,
        url="",
        doi="",
    )
