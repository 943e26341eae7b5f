"""Where the records come from: datasets, their licences and how to cite them (``collectory``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterable
from urllib.parse import quote

from biodiv_plugin.portal.answers import as_array, as_object, plain, required, text
from biodiv_plugin.portal.http import UNWATCHED, Feedback, Transport, get_json, post_json, url_with

_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class DataResourceName:
    """A dataset in a list."""

    uid: str
    name: str


@dataclass(frozen=True)
class Citation:
    """How the provider wants a dataset to be cited."""

    uid: str
    name: str
    citation: str
    rights: str
    url: str
    doi: str


def parse_data_resource_name(answer: Any) -> DataResourceName:
    entry = as_object(answer, "a dataset")
    return DataResourceName(required(entry, "uid", "a dataset"), text(entry, "name"))


def parse_citation(answer: Any) -> Citation:
    """Read one element of ``/ws/citations``; its link comes inside a sentence."""
    found = as_object(answer, "a citation")
    link = _URL.search(text(found, "link"))
    return Citation(
        uid=required(found, "uid", "a citation"),
        name=text(found, "name"),
        citation=plain(text(found, "citation")),
        rights=plain(text(found, "rights")),
        url=link[0] if link else "",
        doi=bare_doi(text(found, "DOI")),
    )


def bare_doi(doi: str) -> str:
    """Return a DOI without the resolver's address or its prefix.

    >>> bare_doi("https://doi.org/10.15468/8tk3tk")
    '10.15468/8tk3tk'
    """
    start = doi.find("10.")
    return doi[start:].strip() if start >= 0 else ""


class CollectoryClient:
    """Reads datasets. ``base`` is ``<portal>/collectory``. All of it is public."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def data_resources(self, feedback: Feedback = UNWATCHED) -> tuple[DataResourceName, ...]:
        """Return every dataset with records, by name. There are no pages."""
        url = url_with(f"{self._base}/ws/dataResource", {"resourceType": "records"})
        answer = self._transport.send(get_json(url), feedback).json()
        return tuple(map(parse_data_resource_name, as_array(answer, "the datasets", url)))

    def names(self, uids: Iterable[str], feedback: Feedback = UNWATCHED) -> dict[str, str]:
        """Return the names of datasets; unknown ones are left out."""
        wanted = ",".join(quote(uid, safe="") for uid in uids)
        if not wanted:
            return {}
        url = f"{self._base}/ws/resolveNames/{wanted}"
        answer = as_object(self._transport.send(get_json(url), feedback).json(), "names", url)
        return {uid: text(answer, uid) for uid in answer if answer[uid]}

    def citations(
        self, uids: Iterable[str], feedback: Feedback = UNWATCHED
    ) -> tuple[Citation, ...]:
        """Return how to cite datasets; unknown ones are left out."""
        wanted = list(dict.fromkeys(uids))
        if not wanted:
            return ()
        request = post_json(f"{self._base}/ws/citations", wanted)
        answer = self._transport.send(request, feedback).json()
        return tuple(map(parse_citation, as_array(answer, "the citations", request.url)))

    def page_url(self, uid: str) -> str:
        """Return the page of a dataset, for the browser."""
        return f"{self._base}/public/show/{quote(uid, safe='')}"
