"""Which columns a download has, and what stands above them (contract/occurrences 3.4, 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

from demo.portal.biocache import facets
from demo.portal.biocache.labels import assertions
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.translate import column
from demo.portal.data.index_fields import IndexField, index_fields, legacy_names

ASSERTIONS = "assertions"
HEADINGS = (
    "Column name",
    "Requested field",
    "DwC Name",
    "Field name",
    "Field description",
    "Download field name",
    "Download field description",
    "More information",
)
_DWC = "http://rs.tdwg.org/dwc/terms/"
_DEFAULT = (
    "id,dataResourceUid,dataResourceName,license,catalogNumber,taxonConceptID,raw_scientificName,"
    "scientificName,vernacularName,taxonRank,kingdom,phylum,class,order,family,genus,species,"
    "institutionCode,collectionCode,recordedBy,identifiedBy,identificationVerificationStatus,"
    "eventDate,eventDateEnd,year,month,day,basisOfRecord,occurrenceStatus,sex,lifeStage,"
    "individualCount,establishmentMeans,samplingProtocol,habitat,decimalLatitude,decimalLongitude,"
    "geodeticDatum,coordinateUncertaintyInMeters,country,stateProvince,municipality,locality,"
    "gridReference,dataGeneralizations,informationWithheld,occurrenceRemarks,sensitive,"
    "spatiallyValid,multimedia,occurrenceID,datasetName,modified,firstLoadedDate"
)


@dataclass(frozen=True)
class Column:
    """A column: a field of the index, or (``code``) whether a quality code is set."""

    requested: str
    header: str
    field: IndexField
    code: Optional[str] = None

    def sql(self, first_only: bool) -> str:
        """Return the SQL of the cell's text, never null: SQLite is quicker at it than Python.

        ``first_only`` leaves of several values the first.
        """
        name = column(self.field)
        if self.code is not None:
            found = f"instr('|' || {name} || '|', '|{self.code}|')"
            return f"CASE WHEN {found} THEN 'true' ELSE 'false' END"
        if self.field.multivalue and first_only:
            text = f"substr({name}, 1, instr({name} || '|', '|') - 1)"
        elif self.field.multivalue:
            text = f"replace({name}, '|', ' | ')"
        elif self.field.type == "date":
            text = f"strftime('%Y-%m-%dT%H:%M:%SZ', {name} / 1000, 'unixepoch')"
        elif self.field.type == "boolean":
            text = f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
        else:
            text = f"CAST({name} AS TEXT)"
        return f"coalesce({text}, '')"

    def heading(self) -> Tuple[str, ...]:
        """Return the row of ``headings.csv`` that explains this column."""
        if self.code is not None:
            known = assertions().get(self.code)
            words = known.description if known else self.code
            return (self.header, self.requested, self.code, self.code, words, self.code, words, "")
        field = self.field
        known_term = field.classs and field.dwc_term[0].islower()
        link = f"{_DWC}{field.dwc_term}" if known_term else ""
        return (
            *(self.header, self.requested, field.dwc_term, field.name, field.label),
            *(field.name, field.label, link),
        )


def columns(parameters: Parameters, selection: Selection) -> List[Column]:
    """Return the columns in file order: the fields, then the quality codes."""
    found: Dict[str, Column] = {}
    custom = _custom_headers(parameters.text("customHeader"))
    dwc = parameters.flag("dwcHeaders")
    names = _names(parameters.text("fields") or _DEFAULT) + _names(parameters.text("extra"))
    for name in names:
        field = index_fields().get(legacy_names().get(name, name))
        if field is None or not field.docvalue or field.name in found:
            continue  # without a word, as the service does
        header = field.dwc_term if dwc else field.label
        found[field.name] = Column(name, custom.get(name, header), field)
    quality = index_fields()[ASSERTIONS]
    codes = _quality_codes(parameters.text("qa", "all"), selection)
    return [*found.values(), *(Column(code, code, quality, code) for code in codes)]


def order_by(chosen: Sequence[Column]) -> str:
    """Return the SQL of the row order: the first field of the file that has a single value."""
    single = (c.field for c in chosen if c.code is None and not c.field.multivalue)
    first = next(single, None)
    return f"ORDER BY {column(first)}" if first is not None else ""


def _names(text: str) -> List[str]:
    found: List[str] = []
    for name in (part.strip() for part in text.split(",") if part.strip()):
        fields = index_fields().values()
        if name == "allDwc":
            found += [f.name for f in fields if f.classs and not f.name.startswith("raw_")]
        elif name in ("cl.p", "el.p"):
            found += [f.name for f in fields if f.layer and f.name.startswith(name[:2])]
        else:
            found.append(name)
    return found


def _custom_headers(text: str) -> Dict[str, str]:
    parts = text.split(",")
    return dict(zip(parts[::2], parts[1::2]))


def _quality_codes(qa: str, selection: Selection) -> List[str]:
    if qa == "none":
        return []
    if qa == "includeall":
        return list(assertions())
    if qa == "all":
        values, _ = facets.value_counts(selection, index_fields()[ASSERTIONS])
        return [value for value, _ in values]
    return [name for name in _names(qa) if name in assertions()]
