"""What differs between two states of a species list, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Iterable, Sequence

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.portal.species_lists import ListItem, NewItem
from biodiv_plugin.translation import translate

NOTHING = "…"
NAMED = 5  # lines of a kind that are told; more are counted
Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChangedItem:
    """A name that stays, with other values."""

    name: str
    before: Values
    after: Values


@dataclass(frozen=True)
class ListDifference:
    """The way from one state of a list to another. The order of lines does not count."""

    added: tuple[NewItem, ...]
    removed: tuple[NewItem, ...]
    changed: tuple[ChangedItem, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def words(self) -> tuple[str, ...]:
        """Return a sentence for each kind of change."""
        if not self:
            return (translate("ListDifference", "Nothing differs."),)
        number = QLocale().toString
        told = []
        if self.added:
            told.append(
                translate("ListDifference", "Added ({n}): {names}.").format(
                    n=number(len(self.added)), names=_some([item.name for item in self.added])
                )
            )
        if self.removed:
            told.append(
                translate("ListDifference", "Removed ({n}): {names}.").format(
                    n=number(len(self.removed)), names=_some([item.name for item in self.removed])
                )
            )
        if self.changed:
            told.append(
                translate("ListDifference", "Other values ({n}): {names}.").format(
                    n=number(len(self.changed)),
                    names=_some([_told(item) for item in self.changed], "; "),
                )
            )
        return tuple(told)


def as_new_items(items: Iterable[ListItem]) -> tuple[NewItem, ...]:
    """Return the lines of a list as they would be written again."""
    return tuple(NewItem(item.supplied_name, item.values) for item in items)


def compare_lists(before: Sequence[NewItem], after: Sequence[NewItem]) -> ListDifference:
    """Return what to add, remove and change to come from ``before`` to ``after``.

    Lines are the same where name and values are; an empty value is none. What is left of a name
    on both sides has changed values; a line with another name is a removal and an addition.
    """
    left, right = _by_name(before), _by_name(after)
    added: list[NewItem] = []
    removed: list[NewItem] = []
    changed: list[ChangedItem] = []
    for name in dict.fromkeys((*left, *right)):
        olds, news = _unpaired(left.get(name, []), right.get(name, []))
        common = min(len(olds), len(news))
        changed += [
            ChangedItem(name, old.values, new.values) for old, new in zip(olds[:common], news)
        ]
        removed += olds[common:]
        added += news[common:]
    return ListDifference(tuple(added), tuple(removed), tuple(changed))


def same_items(one: Sequence[NewItem], other: Sequence[NewItem]) -> bool:
    return not compare_lists(one, other)


def _by_name(items: Sequence[NewItem]) -> dict[str, list[NewItem]]:
    named: dict[str, list[NewItem]] = defaultdict(list)
    for item in items:
        present = tuple((key, value) for key, value in item.values if value)
        named[item.name.strip()].append(NewItem(item.name.strip(), present))
    return named


def _unpaired(
    olds: Sequence[NewItem], news: Sequence[NewItem]
) -> tuple[list[NewItem], list[NewItem]]:
    left = list(news)
    rest = []
    for old in olds:
        same = next((new for new in left if sorted(new.values) == sorted(old.values)), None)
        if same is None:
            rest.append(old)
        else:
            left.remove(same)
    return rest, left


def _told(item: ChangedItem) -> str:
    before, after = _joined(item.before), _joined(item.after)
    parts = [
        f"{key}: {before.get(key, NOTHING)} → {after.get(key, NOTHING)}"
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    return f"{item.name} ({', '.join(parts)})"


def _joined(values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in values:
        found[key] = f"{found[key]} | {value}" if key in found else value
    return found


def _some(texts: Sequence[str], separator: str = ", ") -> str:
    shown = separator.join(texts[:NAMED])
    if len(texts) <= NAMED:
        return shown
    return translate("ListDifference", "{names} and {rest} more").format(
        names=shown, rest=QLocale().toString(len(texts) - NAMED)
    )
