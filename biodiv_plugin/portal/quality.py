"""Quality profiles: which records each leaves out (``data-quality-filter-service``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from biodiv_plugin.portal.answers import (
    as_array,
    as_object,
    flag,
    integer,
    objects,
    required,
    text,
)
from biodiv_plugin.portal.errors import NotFound
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Transport,
    get_json,
    raise_for_status,
    url_with,
)


@dataclass(frozen=True)
class QualityFilter:
    """One rule; ``filter`` is the filter query of the records that stay."""

    filter: str
    description: str


@dataclass(frozen=True)
class QualityCategory:
    """Rules that belong together. By its ``label`` a query switches them off."""

    label: str
    name: str
    description: str
    filters: tuple[QualityFilter, ...]


@dataclass(frozen=True)
class QualityProfile:
    """What a query applies by the ``short_name``. Holds only what is in force."""

    short_name: str
    name: str
    description: str
    categories: tuple[QualityCategory, ...]


def parse_profile(answer: Any) -> QualityProfile:
    """Read a profile (contract/occurrences 6.1)."""
    profile = as_object(answer, "a quality profile")
    return QualityProfile(
        short_name=required(profile, "shortName", "a quality profile"),
        name=text(profile, "name"),
        description=text(profile, "description"),
        categories=parse_categories(list(objects(profile, "categories"))),
    )


def parse_categories(answer: Any) -> tuple[QualityCategory, ...]:
    """Read the categories that are in force, in the order they are shown."""
    found = [as_object(item, "a quality category") for item in as_array(answer, "categories")]
    found.sort(key=lambda category: integer(category, "displayOrder") or 0)
    return tuple(parse_category(item) for item in found if flag(item, "enabled") is not False)


def parse_category(answer: Any) -> QualityCategory:
    """Read one category of a profile, its filters in their order; raises ``UnexpectedAnswer``."""
    category = as_object(answer, "a quality category")
    filters = sorted(
        objects(category, "qualityFilters"), key=lambda rule: integer(rule, "displayOrder") or 0
    )
    return QualityCategory(
        label=required(category, "label", "a quality category"),
        name=text(category, "name"),
        description=text(category, "description"),
        filters=tuple(
            QualityFilter(text(rule, "filter"), text(rule, "description"))
            for rule in filters
            if flag(rule, "enabled") is not False
        ),
    )


class QualityClient:
    """Reads quality profiles. ``base`` is ``<portal>/data-quality-filter-service``."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = f"{base.rstrip('/')}/api/v1"

    def profiles(self, feedback: Feedback = UNWATCHED) -> tuple[QualityProfile, ...]:
        """Return the profiles one can choose from, in the order they are shown."""
        params: Params = {"enabled": True, "sort": "displayOrder", "order": "asc", "max": 100}
        url = url_with(f"{self._base}/data-profiles", params)
        answer = self._transport.send(get_json(url), feedback).json()
        return tuple(map(parse_profile, as_array(answer, "the quality profiles", url)))

    def profile(self, short_name: str, feedback: Feedback = UNWATCHED) -> QualityProfile:
        """Return one profile. Raises ``NotFound``, where a search would quietly apply the
        default profile instead."""
        url = f"{self._base}/data-profiles/{quote(short_name, safe='')}"
        response = self._transport.send(get_json(url), feedback)
        raise_for_status(response)
        if response.body.strip() in (b"", b"null", b"{}"):
            raise NotFound("no such quality profile", url=url)
        return parse_profile(response.json())

    def filters(self, short_name: str, feedback: Feedback = UNWATCHED) -> dict[str, str]:
        """Return the filter query that each category of a profile adds, by its label."""
        url = url_with(
            f"{self._base}/quality/getEnabledFiltersByLabel", {"profileName": short_name}
        )
        answer = as_object(self._transport.send(get_json(url), feedback).json(), "filters", url)
        return {label: text(answer, label) for label in answer}
