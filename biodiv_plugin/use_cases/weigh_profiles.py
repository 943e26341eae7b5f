"""What each quality profile leaves out of a question's records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Mapping, Sequence

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.quality import QualityProfile
from biodiv_plugin.portal.query import OccurrenceQuery


@dataclass(frozen=True)
class Weighed:
    """Numbers of records, of ``total`` without any profile.

    ``profiles``    what each profile leaves out as a whole, by short name
    ``categories``  what each part of the query's own profile leaves out by itself, by label; a
                    record may be left out by several, so these may add up to more
    """

    query: OccurrenceQuery
    total: int
    profiles: Mapping[str, int]
    categories: Mapping[str, int]


def weigh_profiles(
    query: OccurrenceQuery,
    profiles: Sequence[QualityProfile],
    client: OccurrenceClient,
    feedback: Feedback = UNWATCHED,
) -> Weighed:
    """Return what ``profiles`` leave out of ``query``, and the parts of its own profile.

    Raises a ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    bare = replace(query, quality_profile="", disabled_quality_filters=())
    total = client.count(bare, feedback)
    removed = {
        profile.short_name: total
        - client.count(replace(bare, quality_profile=profile.short_name), feedback)
        for profile in profiles
    }
    own = [profile for profile in profiles if profile.short_name == query.quality_profile]
    categories = {
        category.label: total
        - client.count(
            replace(bare, filters=(*bare.filters, *(rule.filter for rule in category.filters))),
            feedback,
        )
        for profile in own
        for category in profile.categories
    }
    return Weighed(query, total, removed, categories)
