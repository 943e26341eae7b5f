"""The usage logger: the reasons one can give for a download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from biodiv_plugin.portal.answers import as_array, as_object, flag, integer, text
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.http import UNWATCHED, Feedback, Transport, get_json


@dataclass(frozen=True)
class Reason:
    """``key`` is the stable part of the service's own key, such as ``ecological.research``;
    ``name`` is English."""

    id: int
    key: str
    name: str


@dataclass(frozen=True)
class Source:
    """A program that downloads, or a kind of use: the service lists both alike."""

    id: int
    name: str


# What the portal was set up with; its administrators may have changed it since.
FALLBACK_REASONS = (
    Reason(1, "biosecurity", "biosecurity management/planning"),
    Reason(11, "citizen.science", "citizen science"),
    Reason(5, "collection.mgmt", "collection management"),
    Reason(0, "conservation", "conservation management/planning"),
    Reason(7, "ecological.research", "ecological research"),
    Reason(3, "education", "education"),
    Reason(2, "environmental", "environmental assessment"),
    Reason(12, "restoration.remediation", "restoration/remediation"),
    Reason(4, "research", "scientific research"),
    Reason(8, "systematic.research", "systematic research/taxonomy"),
    Reason(13, "species.modelling", "species modelling"),
    Reason(6, "other", "other"),
    Reason(10, "testing", "testing"),
)
_PREFIX = "logger.download.reason."


def parse_reason(answer: Any) -> Reason:
    """Read one element of ``/service/logger/reasons`` (contract/occurrences 4); raises
    ``UnexpectedAnswer`` for one without id."""
    reason = as_object(answer, "a reason")
    number = integer(reason, "id")
    if number is None:
        raise UnexpectedAnswer("a reason without id")
    key = text(reason, "rkey")
    return Reason(
        number, key[len(_PREFIX) :] if key.startswith(_PREFIX) else key, text(reason, "name")
    )


def parse_source(answer: Any) -> Source:
    """Read one element of ``/service/logger/sources``, or of ``events``.

    Raises ``UnexpectedAnswer`` for one without id.
    """
    source = as_object(answer, "a source")
    number = integer(source, "id")
    if number is None:
        raise UnexpectedAnswer("a source without id")
    return Source(number, text(source, "name"))


class LoggerClient:
    """Reads the look-ups of the usage logger. ``base`` is ``<portal>/logger``."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def reasons(self, feedback: Feedback = UNWATCHED) -> tuple[Reason, ...]:
        """Return the reasons that may be given, in the service's order.

        Raises a ``PortalError``; ``FALLBACK_REASONS`` serve then.
        """
        answer = self._list("reasons", feedback)
        return tuple(parse_reason(reason) for reason in answer if not flag(reason, "deprecated"))

    def sources(self, feedback: Feedback = UNWATCHED) -> tuple[Source, ...]:
        """Return the programs that the portal knows to tell apart."""
        return tuple(map(parse_source, self._list("sources", feedback)))

    def _list(self, kind: str, feedback: Feedback) -> list[Any]:
        url = f"{self._base}/service/logger/{kind}"
        answer = as_array(self._transport.send(get_json(url), feedback).json(), kind, url)
        return [as_object(item, kind, url) for item in answer]
