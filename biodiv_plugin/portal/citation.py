"""Citations of datasets and of the portal they were taken from: text, BibTeX, RIS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Iterable, Sequence

from biodiv_plugin.portal.collectory import Citation


@dataclass(frozen=True)
class Portal:
    """The portal that is cited."""

    name_nl: str = "Vlaams Biodiversiteitsportaal"
    name_en: str = "Flemish Biodiversity Portal"
    url: str = "https://natuurdata.inbo.be"
    publisher: str = "Instituut voor Natuur- en Bosonderzoek (INBO)"


# These are the texts of the citation in its own language, not of the interface.
_ACCESSED = {
    "nl": "Geraadpleegd via het {name} ({url}) op {day}.",
    "en": "Accessed through the {name} ({url}) on {day}.",
}
_SENSITIVE = {
    "nl": "Bevat gevoelige waarnemingen in hoge resolutie: publiceer geen exacte locaties.",
    "en": "Contains sensitive records in high resolution: do not publish exact positions.",
}
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def as_text(
    citations: Sequence[Citation],
    portal: Portal,
    accessed: date,
    language: str = "nl",
    sensitive: bool = False,
) -> str:
    """Return the citations as plain text, one dataset a line, then where they were accessed.

    ``language`` is ``nl`` or ``en``; others get English. ``sensitive`` adds what the terms of
    use ask of high-resolution records.
    """
    language = language if language in _ACCESSED else "en"
    name = portal.name_nl if language == "nl" else portal.name_en
    lines = [_sentence(citation) for citation in citations]
    lines.append(_ACCESSED[language].format(name=name, url=portal.url, day=accessed.isoformat()))
    if sensitive:
        lines.append(_SENSITIVE[language])
    return "\n".join(lines)


def _sentence(citation: Citation) -> str:
    """Return the provider's own words with the DOI, where they do not hold it already."""
    words = _one_line(citation.citation or citation.name).rstrip(".")
    if citation.doi and citation.doi.lower() not in words.lower():
        words += f". https://doi.org/{citation.doi}"
    return f"{words}."


def as_bibtex(citations: Iterable[Citation], portal: Portal, accessed: date) -> str:
    """Return one ``@misc`` entry a dataset, and one for the portal."""
    entries = [
        _bibtex(
            citation.uid,
            {
                "title": citation.name,
                "howpublished": _sentence(citation),
                "doi": citation.doi,
                "url": _address(citation),
                "note": _one_line(citation.rights),
            },
            accessed,
        )
        for citation in citations
    ]
    own = {"title": portal.name_nl, "author": f"{{{portal.publisher}}}", "url": portal.url}
    return "\n\n".join([*entries, _bibtex("vbp", own, accessed)]) + "\n"


def _bibtex(key: str, members: dict[str, str], accessed: date) -> str:
    members = {**members, "urldate": accessed.isoformat()}
    lines = [
        f"  {name} = {{{value if name in ('url', 'doi', 'author') else _escaped(value)}}},"
        for name, value in members.items()
        if value
    ]
    return "\n".join([f"@misc{{{re.sub(r'[^A-Za-z0-9]', '', key)},", *lines, "}"])


def _escaped(value: str) -> str:
    return "".join(_LATEX.get(character, character) for character in value)


def as_ris(citations: Iterable[Citation], portal: Portal, accessed: date) -> str:
    """Return one ``DATA`` record a dataset, and one ``ELEC`` for the portal (RIS 2011)."""
    day = accessed.strftime("%Y/%m/%d")
    records = [
        [
            ("TY", "DATA"),
            ("TI", citation.name),
            ("DO", citation.doi),
            ("UR", _address(citation)),
            ("N1", _sentence(citation)),
            ("DP", portal.name_nl),
            ("Y2", day),
        ]
        for citation in citations
    ]
    records.append(
        [
            ("TY", "ELEC"),
            ("TI", portal.name_nl),
            ("PB", portal.publisher),
            ("UR", portal.url),
            ("Y2", day),
        ]
    )
    lines = []
    for record in records:
        lines += [f"{tag}  - {_one_line(value)}" for tag, value in record if value]
        lines.append("ER  - \r\n")
    return "\r\n".join(lines)


def _address(citation: Citation) -> str:
    return f"https://doi.org/{citation.doi}" if citation.doi else citation.url


def _one_line(words: str) -> str:
    return " ".join(words.split())
