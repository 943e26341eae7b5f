"""Changes of one's notifications that only the signed-in browser can make, and how to see them.

The portal lets a program read notifications, not choose them (contract/lists 3.7): a change is an
address to open, and what the service tells once it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Iterable, Optional
from urllib.parse import parse_qs, urlencode, urlsplit

from biodiv_plugin.auth.account import Account
from biodiv_plugin.portal.alerts import Alert, AlertPages, AlertSettings
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import InvalidQuery, Rejected
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.taxa import TaxonClient
from biodiv_plugin.use_cases.resolve_list import ListFilter
from biodiv_plugin.use_cases.tell_query import name_of

SPECIES = 7000  # rank ids above this are below the species
_LONGEST_NAME = 149  # letters that the portal keeps of a name that is very long
_SINCE = "fq=first_loaded_date:["  # how the portal narrows a search to what is new


class Change(Enum):
    MAKE = "make"  # a notification of one's own
    SUBSCRIBE = "subscribe"  # to one of the portal's kinds
    END = "end"
    FREQUENCY = "frequency"


@dataclass(frozen=True)
class AlertChange:
    """What the browser is to do at ``url``; ``name`` tells the person what it is about.

    ``wanted`` is what shows that it was done: the beginning of the stored query, the id of the
    kind, or the frequency.
    """

    change: Change
    name: str
    url: str
    wanted: str

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether the page itself asks for the sign-in. To make a notification does not: without
        a session at the notifications' own pages nothing comes of it, and nobody says so."""
        return self.change is not Change.MAKE

    def is_done(self, settings: Optional[AlertSettings], before: Iterable[int] = ()) -> bool:
        """Return whether ``settings`` show the change; ``before`` are the ids of the former
        notifications, so that a new one of this name counts however its query is spelled."""
        if settings is None:
            return False
        mine = (*settings.custom, *settings.subscribed)
        if self.change is Change.FREQUENCY:
            return settings.frequency == self.wanted
        if self.change is Change.SUBSCRIBE:
            return any(str(alert.id) == self.wanted for alert in mine)
        if self.change is Change.END:
            return all(str(alert.id) != self.wanted for alert in mine)
        known = set(before)
        return any(
            alert.query_path.startswith(self.wanted)
            or (alert.id not in known and alert.name.endswith(self._shown_names()))
            for alert in settings.custom
        )

    def _shown_names(self) -> tuple[str, str]:
        return self.name, f"{self.name[:_LONGEST_NAME]}..."


def subscribe(alert: Alert, name: str, pages: AlertPages, account: Account) -> AlertChange:
    url = _of(account, pages.subscribe(alert))
    return AlertChange(Change.SUBSCRIBE, name, url, str(alert.id))


def unsubscribe(alert: Alert, name: str, pages: AlertPages, account: Account) -> AlertChange:
    url = _of(account, pages.unsubscribe(alert))
    return AlertChange(Change.END, name, url, str(alert.id))


def change_frequency(frequency: str, name: str, pages: AlertPages, account: Account) -> AlertChange:
    """Raises ``InvalidQuery`` for a frequency that the portal has not: it would mean none."""
    url = _of(account, pages.frequency(frequency))
    return AlertChange(Change.FREQUENCY, name, url, frequency)


def notify_of_taxon(taxon: TaxonRef, pages: AlertPages) -> AlertChange:
    """Tell of new records of a taxon and all below it, anywhere."""
    name = taxon.scientific_name or name_of(taxon)
    url = pages.taxon(taxon.key, name)
    return AlertChange(Change.MAKE, name, url, f"/occurrences/taxon/{taxon.key}?{_SINCE}")


def notify_of_dataset(uid: str, name: str, pages: AlertPages) -> AlertChange:
    return _new_records(name or uid, pages.dataset(uid, name or uid))


@dataclass(frozen=True)
class Region:
    """An area of one of the portal's layers; with ``taxon`` or ``group``, of these alone."""

    area: PortalArea
    taxon: Optional[TaxonRef] = None
    group: str = ""  # the portal's value
    group_name: str = ""

    def clause(self) -> str:
        """Return the filter that the service makes of it (contract/lists 3.5).

        Raises ``InvalidQuery`` whose part is ``area`` where that would be another question.
        """
        if not self.area.field_id or '"' in self.area.name:
            raise InvalidQuery("an area that the index does not know", part="area")
        return f'{self.area.field_id}:"{self.area.name}"'


def notify_of_region(region: Region, pages: AlertPages) -> AlertChange:
    """Tell of new records in an area of the portal, by the layer that it is of.

    Raises ``InvalidQuery`` as ``Region.clause``.
    """
    area, clause = region.area, region.clause()
    if region.taxon is not None:
        key, name = region.taxon.key, region.taxon.scientific_name or name_of(region.taxon)
        url = pages.taxon_in_region(key, name, area.field_id, area.name)
        wanted, told = f"/occurrences/taxon/{key}?fq={clause}&{_SINCE}", f"{name}, {area.name}"
    elif region.group:
        url = pages.species_group_in_region(region.group, area.field_id, area.name)
        wanted = f"/occurrences/search?q={clause}&fq=species_group:{region.group}&{_SINCE}"
        told = f"{region.group_name or region.group}, {area.name}"
    else:
        url = pages.region(area.field_id, area.name)
        wanted, told = f"/occurrences/search?q={clause}&{_SINCE}", area.name
    return AlertChange(Change.MAKE, told, url, wanted)


def check_region(
    region: Region, occurrences: OccurrenceClient, feedback: Feedback = UNWATCHED
) -> Region:
    """Return ``region`` where the portal has records in its area.

    Not all layers are in the index, and then no mail would ever come: that raises
    ``InvalidQuery`` whose part is ``area``. Raises ``PortalError``.
    """
    asked = OccurrenceQuery(filters=(region.clause(),), flanders_only=False, quality_profile="")
    try:
        records = occurrences.count(asked, feedback)
    except Rejected:  # the index has no such field
        records = 0
    if not records:
        raise InvalidQuery("no record is in this area by its layer", part="area")
    return region


def notify_of_list(
    druid: str, name: str, pages: AlertPages, authoritative: bool = False
) -> AlertChange:
    """Tell of new records of a public list's species.

    One that is not ``authoritative`` the portal expands itself, and where it cannot it mails
    about everything (contract/lists 2.14): see :func:`notify_of_found`.
    """
    return _new_records(name or druid, pages.species_list(druid, name or druid, authoritative))


def notify_of_query(
    query: OccurrenceQuery, name: str, pages: AlertPages, flanders_filter: str
) -> AlertChange:
    """Tell of new records that answer ``query``, its area included.

    Raises ``InvalidQuery``, whose part is ``private_list`` where the address would tell what is
    on a private list, and ``length`` where it would be too long: then watch it in QGIS.
    """
    if query.list_taxa:
        raise InvalidQuery("a private list in an address", part="private_list")
    return _new_records(name, pages.query(query, name, flanders_filter))


def notify_of_found(found: ListFilter, pages: AlertPages, flanders_filter: str) -> AlertChange:
    """Tell of new records of a public list that was looked into: by its id, or by the taxa that
    are on it now where the portal would cut the id.

    Raises ``InvalidQuery`` as :func:`notify_of_query`.
    """
    if found.private:
        raise InvalidQuery("a private list in an address", part="private_list")
    if not found.taxa:
        return notify_of_list(found.list_id, found.name, pages)
    query = OccurrenceQuery(list_taxa=found.taxa, flanders_only=False, quality_profile="")
    return _new_records(found.name, pages.query(query, found.name, flanders_filter))


@dataclass(frozen=True)
class Kin:
    """A taxon with those under which its records may be filed as well."""

    taxon: TaxonRef
    others: tuple[TaxonRef, ...]


def find_kin(taxon: TaxonRef, taxa: TaxonClient, feedback: Feedback = UNWATCHED) -> Kin:
    """Return the species of a subspecies, and the subspecies of a species.

    The Asian hornet is on the lists as *Vespa velutina nigrithorax* and in most records as
    *Vespa velutina*: who hears of one name alone misses the other. Raises ``PortalError``.
    """
    profile = taxa.species(taxon.key, feedback)
    if profile.rank_id > SPECIES:
        above = (part for part in profile.classification if part[0] == "species")
        key = next((part[2] for part in above), "") or profile.parent_key
        if not key:
            return Kin(taxon, ())
        species = taxa.species(key, feedback)
        return Kin(taxon, (TaxonRef(key, species.scientific_name, species.vernacular_name()),))
    if profile.rank_id < SPECIES:
        return Kin(taxon, ())
    below = taxa.children(taxon.key, feedback)
    return Kin(taxon, tuple(TaxonRef(child.key, child.scientific_name) for child in below))


def _new_records(name: str, url: str) -> AlertChange:
    asked = parse_qs(urlsplit(url).query)["webserviceQuery"][0]
    return AlertChange(Change.MAKE, name, url, f"{asked}&{_SINCE}")


def _of(account: Account, url: str) -> str:
    """Name the person where the service wants that: an administrator's page always does
    (contract/lists 3.4)."""
    if "ADMIN" not in account.roles:
        return url
    sign = "&" if urlsplit(url).query else "?"
    return f"{url}{sign}{urlencode({'userId': account.user_id})}"
