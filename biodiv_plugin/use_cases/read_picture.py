"""A picture of a record, with who made it."""

from __future__ import annotations

from dataclasses import dataclass

from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.images import ImageClient


@dataclass(frozen=True)
class Picture:
    """``content`` is a file's bytes; ``credit`` tells maker and licence, "" if unknown."""

    id: str
    content: bytes
    credit: str


def read_picture(image: str, images: ImageClient, feedback: Feedback = UNWATCHED) -> Picture:
    """Return a small picture. Raises a ``PortalError`` where it cannot be had; who made it is
    left out where that alone cannot."""
    content = images.thumbnail(image, feedback)
    try:
        told = images.image(image, feedback)
    except PortalError as error:
        logger.info("nothing is told of picture %s: %r", image, error)
        return Picture(image, content, "")
    maker = told.creator or told.rights_holder
    return Picture(image, content, ", ".join(filter(None, (maker, told.licence))))
