"""Pictures of the ``image-service``: addresses, and who made them under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from biodiv_plugin.portal.answers import as_object, flag, required, text
from biodiv_plugin.portal.errors import NotFound, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Request,
    Transport,
    get_json,
    raise_for_status,
    url_with,
)

LARGEST = 2 << 20  # bytes of a small picture


@dataclass(frozen=True)
class Image:
    """A picture; ``licence`` is its short name, or what the provider wrote."""

    id: str
    title: str
    creator: str
    rights_holder: str
    licence: str
    licence_url: str
    data_resource_uid: str


def image_id(url: str) -> str:
    """Return the id in an address of the image service, or "".

    Addresses in answers may name any host, so only the id is taken from them.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query).get("imageId")
    if asked:
        return asked[0]
    before, _, rest = parts.path.partition("/image/")
    return rest.partition("/")[0] if before.endswith("image-service") else ""


def parse_image(answer: Any, image: str = "") -> Image:
    """Read ``/ws/image/{id}`` (contract/occurrences 6.3); raises ``NotFound``."""
    found = as_object(answer, "an image")
    if flag(found, "success") is False:
        raise NotFound("no such image")
    licence = found.get("recognisedLicence") or {}
    return Image(
        id=image or required(found, "imageIdentifier", "an image"),
        title=text(found, "title"),
        creator=text(found, "creator"),
        rights_holder=text(found, "rightsHolder"),
        licence=text(licence, "acronym") or text(found, "license"),
        licence_url=text(licence, "url"),
        data_resource_uid=text(found, "dataResourceUid"),
    )


class ImageClient:
    """Reads pictures. ``base`` is ``<portal>/image-service``."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def image(self, image: str, feedback: Feedback = UNWATCHED) -> Image:
        """Return who made a picture and how it may be used; raises ``NotFound``."""
        url = f"{self._base}/ws/image/{quote(image, safe='')}"
        return parse_image(self._transport.send(get_json(url), feedback).json(), image)

    def thumbnail(self, image: str, feedback: Feedback = UNWATCHED) -> bytes:
        """Return a small picture as a file's bytes.

        Raises ``NotFound``, ``TooLarge``, and ``UnexpectedAnswer`` where another host than the
        portal's would give it.
        """
        url = self.thumbnail_url(image)
        request = Request("GET", url, headers={"Accept": "image/*"}, limit=LARGEST)
        response = self._transport.send(request, feedback)
        if urlsplit(response.url)[:2] != urlsplit(url)[:2]:
            raise UnexpectedAnswer("a picture from elsewhere", url=url)
        raise_for_status(response)
        if not response.body:
            raise NotFound("no such image", url=request.url)
        return response.body

    def thumbnail_url(self, image: str) -> str:
        """Return the address of the small picture; ``nr``: no redirect to the store behind."""
        params: Params = {"imageId": image, "nr": True}
        return url_with(f"{self._base}/image/proxyImageThumbnail", params)

    def page_url(self, image: str) -> str:
        """Return the address of the large picture, for the browser."""
        return url_with(f"{self._base}/image/proxyImageThumbnailLarge", {"imageId": image})
