"""Match the names of a list before it is sent, so that one can look at what they stand for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Iterable, Sequence

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.species_lists import ListItem, NewItem
from biodiv_plugin.portal.taxa import NameMatch, NameToMatch, TaxonClient

KINGDOM = "kingdom"  # the hint that the portal reads from a value of this key (contract 2.9)
VERBATIM = "verbatimIdentification"  # Darwin Core's name for what was written down
KINGDOMS = ("Animalia", "Plantae", "Fungi", "Chromista", "Protozoa", "Bacteria")
_TRUSTED = ("exactMatch", "canonicalMatch", "phraseMatch", "vernacularMatch", "taxonIdMatch")
_BELOW_SPECIES = ("subspecies", "variety", "form", "forma")


class NameState(Enum):
    """What is to be done about a name."""

    SURE = "sure"
    CHECK = "check"  # a taxon was found, perhaps not the one meant
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ReviewedName:
    """A line of the list, and what its name stands for.

    ``reasons``  why to look at it: ``fuzzy``, ``higher``, ``homonym``, ``other_kingdom``,
                 ``duplicate``; and what was done: ``synonym``, ``rolled_up``, ``chosen``
    ``included`` whether it goes into the list
    ``kept``     a line that is on the list already, and goes back as it is
    """

    item: NewItem
    match: NameMatch
    state: NameState
    reasons: tuple[str, ...] = ()
    included: bool = True
    kept: bool = False

    def to_send(self) -> NewItem:
        """Return the line as it is sent: the accepted name, and the supplied one beside it.

        A scientific name, since the portal may take a vernacular one with a kingdom for the
        kingdom itself. What is not certain goes as it was written.
        """
        if self.kept or self.state is not NameState.SURE:
            return self.item
        values = list(self.item.values)
        keys = {key for key, _ in values}
        name = self.match.scientific_name or self.item.name
        if name != self.item.name.strip() and VERBATIM not in keys:
            values.append((VERBATIM, self.item.name.strip()))
        if self.match.kingdom and KINGDOM not in keys:
            values.append((KINGDOM, self.match.kingdom))
        return NewItem(name, tuple(values))


def match_list_names(
    items: Iterable[NewItem],
    taxa: TaxonClient,
    kingdom: str = "",
    roll_up: bool = False,
    feedback: Feedback = UNWATCHED,
) -> tuple[ReviewedName, ...]:
    """Return what each name stands for, in order; empty names are left out.

    Names go in blocks of 200, each name once: first without a hint; those that were not found,
    or in another kingdom than ``kingdom`` (a line's own value goes before), once more with it;
    with ``roll_up`` subspecies once more as their species. Raises ``PortalError``, ``Canceled``.
    """
    wanted = [item for item in items if item.name.strip()]
    hints = [_hint(item, kingdom) for item in wanted]
    plain = _matched([NameToMatch(item.name.strip()) for item in wanted], taxa, feedback)
    found = [plain[item.name.strip(), ""] for item in wanted]
    doubtful = [
        NameToMatch(item.name.strip(), hint)
        for item, hint, match in zip(wanted, hints, found)
        if hint and (not match.success or match.kingdom.lower() != hint.lower())
    ]
    again = _matched(doubtful, taxa, feedback)
    for row, (item, hint) in enumerate(zip(wanted, hints)):
        better = again.get((item.name.strip(), hint))
        if hint and better and better.success and better.rank != KINGDOM:
            found[row] = better
    reviewed = [_reviewed(*line) for line in zip(wanted, found, hints)]
    if roll_up:
        reviewed = _rolled_up(reviewed, taxa, feedback)
    return tuple(_with_duplicates(reviewed))


def review_edited(
    rows: Sequence[NewItem],
    former: Iterable[ListItem],
    taxa: TaxonClient,
    exact: bool = False,
    feedback: Feedback = UNWATCHED,
) -> tuple[ReviewedName, ...]:
    """Return the lines of an edited list, in order: only names that are new to it are matched.

    ``exact`` sends those as they are written, too: a former content comes back as it was.
    """
    known = {item.supplied_name.strip(): item for item in former}
    new = [row for row in rows if row.name.strip() not in known]
    found = match_list_names(new, taxa, feedback=feedback)
    if exact:
        found = tuple(replace(line, kept=True, included=True) for line in found)
    matched = iter(found)
    return tuple(
        _kept(row, known[row.name.strip()]) if row.name.strip() in known else next(matched)
        for row in rows
    )


def choose(line: ReviewedName, taxon: TaxonRef) -> ReviewedName:
    """Return ``line`` as its reader corrected it."""
    match = NameMatch(
        supplied=line.item.name,
        success=True,
        match_type="taxonIdMatch",
        key=taxon.key,
        scientific_name=taxon.scientific_name,
        vernacular_name=taxon.vernacular_name,
    )
    return replace(
        line, match=match, state=NameState.SURE, reasons=("chosen",), included=True, kept=False
    )


def accept(line: ReviewedName) -> ReviewedName:
    """Return ``line`` with the taxon that was found for it, now certain."""
    if line.state is not NameState.CHECK:
        return line
    return replace(line, state=NameState.SURE, reasons=("chosen",))


def to_send(reviewed: Iterable[ReviewedName]) -> tuple[NewItem, ...]:
    """Return the lines that go into the list."""
    return tuple(line.to_send() for line in reviewed if line.included)


def expected_keys(reviewed: Iterable[ReviewedName]) -> tuple[str, ...]:
    """Return the taxon that each line that is sent should come to stand for; "" where any."""
    return tuple(
        "" if line.kept or line.state is not NameState.SURE else line.match.key
        for line in reviewed
        if line.included
    )


def _kept(row: NewItem, item: ListItem) -> ReviewedName:
    match = NameMatch(
        supplied=row.name,
        success=bool(item.taxon_key),
        key=item.taxon_key,
        scientific_name=item.scientific_name,
        vernacular_name=item.vernacular_name,
    )
    state = NameState.SURE if item.taxon_key else NameState.UNKNOWN
    return ReviewedName(row, match, state, kept=True)


def _hint(item: NewItem, kingdom: str) -> str:
    own = next((value for key, value in item.values if key == KINGDOM and value), "")
    return own or kingdom


def _matched(
    names: Sequence[NameToMatch], taxa: TaxonClient, feedback: Feedback
) -> dict[tuple[str, str], NameMatch]:
    unique = tuple(dict.fromkeys(names))
    if not unique:
        return {}
    matches = taxa.match(unique, feedback)
    return {(name.name, name.kingdom): match for name, match in zip(unique, matches)}


def _reviewed(item: NewItem, match: NameMatch, hint: str) -> ReviewedName:
    if not match.success:
        reasons = tuple(issue for issue in match.issues if issue == "homonym")
        return ReviewedName(item, match, NameState.UNKNOWN, reasons)
    doubts = []
    if match.match_type == "fuzzyMatch":
        doubts.append("fuzzy")
    elif match.match_type not in _TRUSTED:
        doubts.append("higher")
    if "homonym" in match.issues:
        doubts.append("homonym")
    if hint and match.kingdom and match.kingdom.lower() != hint.lower():
        doubts.append("other_kingdom")
    if doubts:
        return ReviewedName(item, match, NameState.CHECK, tuple(doubts))
    done = ("synonym",) if match.is_synonym else ()
    return ReviewedName(item, match, NameState.SURE, done)


def _rolled_up(
    reviewed: Sequence[ReviewedName], taxa: TaxonClient, feedback: Feedback
) -> list[ReviewedName]:
    """Put the species in the place of each subspecies that is certain."""
    species = {
        row: NameToMatch(" ".join(line.match.scientific_name.split()[:2]), line.match.kingdom)
        for row, line in enumerate(reviewed)
        if line.state is NameState.SURE and line.match.rank.lower() in _BELOW_SPECIES
    }
    found = _matched(tuple(species.values()), taxa, feedback)
    lines = list(reviewed)
    for row, name in species.items():
        match = found[name.name, name.kingdom]
        if match.success and match.match_type in _TRUSTED and match.rank.lower() == "species":
            lines[row] = replace(lines[row], match=match, reasons=("rolled_up",))
    return lines


def _with_duplicates(reviewed: Iterable[ReviewedName]) -> Iterable[ReviewedName]:
    """Mark a taxon's later lines; one that says nothing new is left out of the list."""
    seen: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for line in reviewed:
        key = line.match.key or line.item.name.strip().lower()
        values = frozenset(pair for pair in line.item.values if pair[1])
        said = seen.setdefault(key, set())
        if said:
            new = bool(values) and values not in said
            line = replace(line, reasons=(*line.reasons, "duplicate"), included=new)
        said.add(values)
        yield line
