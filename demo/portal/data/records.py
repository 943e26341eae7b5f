"""Makes the observations of the demo portal, one row after the other, always the same ones."""

from __future__ import annotations

import datetime
import itertools
import uuid
from dataclasses import dataclass
from random import Random
from typing import Any, Dict, Iterator, List, Optional, Tuple

from demo.portal.data import grids, texts
from demo.portal.data.campaigns import CAMPAIGNS, POINT, SENSITIVE, SOUGHT_AFTER, Campaign
from demo.portal.data.images import image_of
from demo.portal.data.placing import Places, Spot
from demo.portal.data.schema import RECORD
from demo.portal.data.sensitive import twins
from demo.portal.data.sites import Site, anywhere, sites, spot
from demo.portal.data.taxa import Taxon

Row = Dict[str, Any]

LAST_DAY = datetime.date(2026, 11, 20)  # of the newest record
_EPOCH = datetime.date(1970, 1, 1)
_DAY = 86_400_000  # milliseconds
_FIRST_LOAD = (datetime.date(2023, 1, 16) - _EPOCH).days
_RAW_BASIS = {
    "HUMAN_OBSERVATION": "HumanObservation",
    "PRESERVED_SPECIMEN": "PreservedSpecimen",
    "MATERIAL_SAMPLE": "MaterialSample",
    "MACHINE_OBSERVATION": "MachineObservation",
}
_ALWAYS = "GEODETIC_DATUM_ASSUMED_WGS84"
_NEW, _CHANGED, _GONE = 0.006, 0.003, 0.003  # shares of the next build of the index
_EMPTY: Row = dict.fromkeys(RECORD)


@dataclass(frozen=True)
class Pool:
    """The species of a campaign, with running totals of their frequencies for ``choices``."""

    campaign: Campaign
    dataset: int
    concepts: List[Tuple[int, Taxon]]
    totals: List[float]


class Recorder:
    """Makes rows of the table ``record``; ``concepts`` are the accepted taxa by their rowid."""

    def __init__(
        self,
        rng: Random,
        concepts: Dict[int, Taxon],
        synonyms: Dict[str, List[str]],
        datasets: Dict[str, int],
    ) -> None:
        self._rng = rng
        self._synonyms = synonyms
        self._places = Places()
        self._sites = {
            habitat: (all_, list(itertools.accumulate(s.weight for s in all_)))
            for habitat, all_ in sites(rng).items()
        }
        self._genera = {t.scientific_name: n for n, t in concepts.items() if t.rank == "genus"}
        self._pools = [self._pool(c, concepts, datasets[c.uid]) for c in CAMPAIGNS]
        self._shares = list(itertools.accumulate(c.share for c in CAMPAIGNS))

    def rows(self, count: int) -> Iterator[Row]:
        """Yield the rows of ``count`` observations: a few have two, being sensitive or changed."""
        for number in range(1, count + 1):
            row, taxon = self._observation(number)
            yield from self._variants(row, taxon, number)

    def _pool(self, campaign: Campaign, concepts: Dict[int, Taxon], dataset: int) -> Pool:
        taken = [(n, t) for n, t in concepts.items() if t.weight and campaign.takes(t)]
        weights = [_frequency(t) for _, t in taken]
        return Pool(campaign, dataset, taken, list(itertools.accumulate(weights)))

    def _observation(self, number: int) -> Tuple[Row, Taxon]:
        rng = self._rng
        pool = rng.choices(self._pools, cum_weights=self._shares)[0]
        concept, taxon = rng.choices(pool.concepts, cum_weights=pool.totals)[0]
        campaign = pool.campaign
        row = dict(_EMPTY)
        row["id"] = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        row["occurrenceID"] = f"INBO:{campaign.uid.upper()}:{number:08d}"
        row["catalogNumber"] = f"{number:08d}"
        row["wave"] = 0
        row["dataset"] = pool.dataset
        row["taxon"] = concept
        row["matchType"] = "exactMatch"
        self._name(row, taxon)
        self._when(row, campaign)
        assertions = self._where(row, taxon, campaign)
        self._what(row, taxon, campaign)
        if row["matchType"] != "exactMatch":
            higher = row["matchType"] == "higherMatch"
            assertions.append("TAXON_MATCH_HIGHERRANK" if higher else "TAXON_MATCH_NONE")
        if row["eventDate"] is None:
            assertions.append("MISSING_COLLECTION_DATE")
        row["assertions"] = "|".join(assertions)
        return row, taxon

    def _variants(self, row: Row, taxon: Taxon, number: int) -> Iterator[Row]:
        rng = self._rng
        if taxon.sensitive and row["spatiallyValid"]:
            yield from twins(row, self._places)
            return
        chance = rng.random()
        if chance < _NEW:
            row["wave"] = 2
            row["firstLoadedDate"] = row["lastLoadDate"] = _millis(LAST_DAY)
        elif chance < _NEW + _GONE:
            row["wave"] = 1
        elif chance < _NEW + _GONE + _CHANGED:
            row["wave"] = 1
            yield row
            later = {"wave": 2, "identificationVerificationStatus": "validated"}
            row = {**row, **later, "individualCount": (row["individualCount"] or 0) + 1}
        yield row
        if number % 500 == 0:  # a nested document of an event, as the index holds beside records
            nested = {"wave": 0, "dataset": row["dataset"], "_nest_parent_": row["id"]}
            yield {**_EMPTY, **nested, "id": f"{row['id']}#0", "eventID": f"event:{number}"}

    def _name(self, row: Row, taxon: Taxon) -> None:
        rng = self._rng
        row["raw_scientificName"] = taxon.scientific_name
        chance = rng.random()
        synonyms = self._synonyms.get(taxon.key)
        if synonyms and chance < 0.2:
            row["raw_scientificName"] = rng.choice(synonyms)
        elif chance > 0.995:
            row["raw_scientificName"] = f"{taxon.scientific_name.split()[0]}ella demonstrata"
            row["taxon"], row["matchType"] = None, "noMatch"
        elif chance > 0.97 and taxon.genus in self._genera:
            row["raw_scientificName"] = f"{taxon.genus} spec."
            row["taxon"], row["matchType"] = self._genera[taxon.genus], "higherMatch"

    def _when(self, row: Row, campaign: Campaign) -> None:
        rng = self._rng
        first, last = campaign.years
        year = last - int((last - first + 1) * rng.random() ** 1.7)
        month = rng.choices(range(1, 13), weights=campaign.months)[0]
        date = datetime.date(year, month, rng.randint(1, 28))
        if date > LAST_DAY:
            date = date.replace(year=year - 1)
        chance = rng.random()
        row["year"] = date.year
        if chance < 0.004:
            row["year"] = None
        elif chance > 0.015 or campaign.uid != "dr103":
            row["month"], row["day"] = date.month, date.day
            row["eventDate"] = _millis(date)
            if chance > 0.6 and campaign.uid == "dr106":
                row["eventDate"] += rng.randrange(6 * 60, 22 * 60) * 60_000
            if campaign.uid == "dr103" and chance > 0.8:
                row["eventDateEnd"] = _millis(date) + 3 * _DAY
        days = rng.randint(max(_FIRST_LOAD, (date - _EPOCH).days), (LAST_DAY - _EPOCH).days)
        row["firstLoadedDate"] = days * _DAY + rng.randrange(_DAY // 1000) * 1000
        row["lastLoadDate"] = max(row["firstLoadedDate"], _millis(datetime.date(2026, 10, 1)))
        row["modified"] = row["firstLoadedDate"]

    def _where(self, row: Row, taxon: Taxon, campaign: Campaign) -> List[str]:
        rng = self._rng
        known, totals = self._sites[taxon.habitat or "urban"]
        site: Site = rng.choices(known, cum_weights=totals)[0]
        kind = rng.choices(list(campaign.precision), weights=campaign.precision.values())[0]
        chance = rng.random()
        if chance < 0.015:
            row.update(country="Belgium", locality=site.name)
            return ["LOCATION_NOT_SUPPLIED", _ALWAYS]
        if chance < 0.045:
            found = self._places.abroad(rng)
        elif chance < 0.052:
            return self._places.wrong(row, rng)
        else:
            scattered = chance > 0.88
            found = self._places.at(*(anywhere(rng) if scattered else spot(site, rng)))
            while found.place.region is None:  # the sea, a neighbour: once more
                found = self._places.at(*(anywhere(rng) if scattered else spot(site, rng)))
        if kind == POINT:
            uncertainty: Optional[float] = rng.choice((5, 10, 10, 20, 25, 30, 50, 50, 100))
            if chance > 0.99:
                uncertainty = None if chance > 0.994 else rng.choice((250, 1000, 2000, 15000))
            found.write(row, uncertainty)
        else:
            self._square(row, found, kind)
        row["locality"] = site.name if 0.3 < chance < 0.88 else None
        assertions = [_ALWAYS]
        if row["coordinateUncertaintyInMeters"] is None:
            assertions.append("UNCERTAINTY_NOT_SPECIFIED")
        if chance > 0.7:
            assertions.append("COORDINATE_ROUNDED")
        return assertions

    def _square(self, row: Row, found: Spot, kind: str) -> None:
        system, size = kind.split()
        metres = int(size.rstrip("km")) * 1000
        make = grids.utm_square if system == "UTM" else grids.ifbl_square
        self._places.in_square(make(found.lon, found.lat, metres)).write(row, None)

    def _what(self, row: Row, taxon: Taxon, campaign: Campaign) -> None:
        rng = self._rng
        chance = rng.random()
        second = campaign.second_basis and chance < 0.12
        row["basisOfRecord"] = campaign.second_basis if second else campaign.basis
        row["raw_basisOfRecord"] = _RAW_BASIS[row["basisOfRecord"]]
        absent = chance < campaign.absent
        row["occurrenceStatus"] = "ABSENT" if absent else "PRESENT"
        row["raw_occurrenceStatus"] = row["occurrenceStatus"].lower()
        if taxon.kingdom == "Animalia":
            row["individualCount"] = 0 if absent else _count(rng)
            stages = texts.LIFE_STAGES.get(taxon.class_ or "")
            if stages and chance > 0.5:
                row["lifeStage"] = rng.choice(stages)
                row["sex"] = rng.choice(texts.SEXES)
            if taxon.class_ == "Aves" and chance > 0.6:
                row["behavior"] = rng.choice(texts.BEHAVIOURS)
        row["identificationVerificationStatus"] = rng.choices(
            list(campaign.statuses), weights=campaign.statuses.values()
        )[0]
        if campaign.uid == "dr109":
            row["establishmentMeans"] = "introduced"
        row["samplingProtocol"] = campaign.protocol or None
        row["habitat"] = texts.BIOTOPES.get(taxon.habitat or "")
        row["eventID"] = f"{campaign.uid}:{rng.randrange(100_000)}"
        people = [f"Waarnemer {n}" for n in rng.sample(range(1, 120), 1 if chance < 0.85 else 3)]
        row["recordedBy"] = "|".join(people)
        row["identifiedBy"] = people[0] if chance > 0.5 else None
        if chance > 0.985:
            row["occurrenceRemarks"] = rng.choice(texts.NASTY)
        elif chance > 0.8:
            row["occurrenceRemarks"] = rng.choice(texts.REMARKS)
        if rng.random() < campaign.pictured:
            row["imageIDs"] = image_of(taxon.key)


def _frequency(taxon: Taxon) -> float:
    sought = SENSITIVE if taxon.sensitive else SOUGHT_AFTER.get(taxon.scientific_name, 1.0)
    return sought * taxon.weight**1.5  # the common ones are very common


def _count(rng: Random) -> Optional[int]:
    chance = rng.random()
    return None if chance < 0.1 else int(1 / (1.02 - chance)) or 1


def _millis(date: datetime.date) -> int:
    return (date - _EPOCH).days * _DAY
