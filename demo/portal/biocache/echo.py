"""How the search repeats a question: query string, title, active filters (contract 1.1)."""

from __future__ import annotations

import re
import sqlite3
from html import escape
from typing import Any, Dict, List, Optional

from demo.portal.biocache import taxonomy
from demo.portal.biocache.labels import Labels
from demo.portal.biocache.parameters import Parameters, url_encoded
from demo.portal.biocache.selection import EVERYTHING, filters, named_taxon
from demo.portal.data.index_fields import index_fields, legacy_names

_ECHOED = ("qualityProfile", "disableAllQualityFilters", "disableQualityFilter", "fq", "qc")
_PLACES = ("wkt", "lat", "lon", "radius")
_LSID = re.compile(r'(?:lsid|taxonConceptID|taxon_concept_lsid):"?([^"\s)]+)"?')


def query_string(parameters: Parameters) -> str:
    """Return the question as the service repeats it."""
    pairs = [("q", parameters.text("q") or EVERYTHING)]
    for name in (*_ECHOED, *_PLACES):
        pairs += [(name, value) for value in parameters.many(name)]
    return "?" + "&".join(f"{name}={url_encoded(value)}" for name, value in pairs)


def title(connection: sqlite3.Connection, text: str) -> str:
    """Return the query in words; for a taxon that is HTML."""
    if text in ("", EVERYTHING):
        return "[all records]"
    taxon = named_taxon(connection, text)
    if taxon is not None:
        return _taxon(taxon)
    if ":" not in text:
        return f"text:{escape(text, quote=False)}"

    def named(match: re.Match) -> str:
        found = taxonomy.by_key(connection, match.group(1))
        return _taxon(found) if found is not None else match.group()

    return _LSID.sub(named, text)


def active_facets(
    connection: sqlite3.Connection, parameters: Parameters, labels: Labels
) -> Dict[str, Any]:
    """Return ``activeFacetMap``, where filters on one field overwrite each other, and ``…Obj``."""
    by_name: Dict[str, Dict[str, str]] = {}
    all_: Dict[str, List[Dict[str, str]]] = {}
    for text in filters(parameters):
        name, colon, value = text.partition(":")
        if not colon:
            continue
        shown = {"name": name, "displayName": _display(connection, name, value, labels)}
        by_name[name] = {**shown, "value": value}
        all_.setdefault(name, []).append({**shown, "value": text})
    return {"activeFacetMap": by_name, "activeFacetObj": all_}


def _display(connection: sqlite3.Connection, name: str, value: str, labels: Labels) -> str:
    excluded = name.startswith("-")
    field = index_fields().get(legacy_names().get(name.lstrip("-"), name.lstrip("-")))
    title_: Optional[str] = field.label if field else name.lstrip("-")
    plain = value.strip('"')
    if field is not None and field.name == "taxonConceptID":
        found = taxonomy.by_key(connection, plain)
        if found is not None:
            return ("[exclude] " if excluded else "") + _taxon(found)
    shown = value if field is None else value.replace(plain, labels.of(field, plain))
    return f"{'[exclude] ' if excluded else ''}{title_}:{shown}"


def _taxon(taxon: sqlite3.Row) -> str:
    name = escape(taxon["scientificName"])
    return f"<span class='lsid' id='{taxon['key']}'>{taxon['rank']}: {name}</span>"
