"""/image-service: the pictures, drawn on request (contract/occurrences 6.3).

A picture is a pattern made of its id: each one differs, none shows anything.
"""

from __future__ import annotations

import hashlib
import io
import struct
import threading
import zlib
from contextlib import closing
from typing import Any, Dict, Optional, Tuple, cast

from flask import Blueprint, Response, redirect, request, send_file

from demo.portal.data.images import IMAGES, Image
from demo.portal.grails import grails_json
from demo.portal.metadata.entities import LICENCES
from demo.portal.websession import has_visitor_cookie, sign_in_page
from demo.portal.world import World

_SERVICE = "/image-service"
_SIZES: Dict[str, Tuple[int, int]] = {
    "original": (640, 480),
    "thumbnail": (300, 225),
    "large": (640, 480),
    "xlarge": (640, 480),
    "square": (300, 300),
    "square_white": (300, 300),
    "square_black": (300, 300),
    "square_darkGrey": (300, 300),
    "centre_crop": (300, 300),
    "centre_crop_large": (480, 480),
}
_PROXIES = {
    "proxyImage": "original",
    "proxyImageThumbnail": "thumbnail",
    "proxyImageThumbnailLarge": "large",
}


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the pictures and what is known of them; ``images.redirect``: they are elsewhere."""
    known = _Known(world)

    def picture(image_id: str, kind: str) -> Response:
        if has_visitor_cookie():
            return sign_in_page(world)
        return _picture(world, known, image_id, kind)

    def proxied(name: str) -> Response:
        image_id = request.args.get("imageId") or request.args.get("id", "")
        return _picture(world, known, image_id, _PROXIES[name])

    def stored(image_id: str, kind: str) -> Response:
        return _drawn(image_id, kind) if known.get(image_id) else _missing()

    def details(image_id: str) -> Response:
        found = known.get(image_id)
        if found is None:
            return grails_json({"success": False, "message": "image id not found"}, 404)
        return grails_json({"success": True, **_details(world, found)})

    def many() -> Response:
        body = request.get_json(force=True, silent=True)
        ids = [str(i) for i in body.get("imageIds", [])] if isinstance(body, dict) else []
        found = {image_id: known.get(image_id) for image_id in ids}
        results = {image_id: _details(world, image) for image_id, image in found.items() if image}
        invalid = [image_id for image_id in ids if image_id not in results]
        return grails_json({"success": True, "results": results, "invalidImageIds": invalid})

    kinds, proxies = ", ".join(_SIZES), ", ".join(_PROXIES)
    rule = routes.add_url_rule
    rule(f"{_SERVICE}/image/<image_id>/<any({kinds}):kind>", "image", picture)
    rule(f"{_SERVICE}/image/<any({proxies}):name>", "image_proxy", proxied)
    rule(f"/image-store/<image_id>/<any({kinds}):kind>", "image_store", stored)
    rule(f"{_SERVICE}/ws/image/<image_id>", "image_details", details)
    rule(f"{_SERVICE}/ws/imageInfoForList", "image_list", many, methods=["POST"])
    rule(f"{_SERVICE}/ws/licence", "image_licence", lambda: grails_json(_licences()))


class _Known:
    """The pictures of the demo and those that records carry, read when first asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._of_records: Optional[Dict[str, Image]] = None

    def get(self, image_id: str) -> Optional[Image]:
        if image_id in IMAGES:
            return IMAGES[image_id]
        with self._lock:
            if self._of_records is None:
                self._of_records = self._read()
        return self._of_records.get(image_id)

    def _read(self) -> Dict[str, Image]:
        found: Dict[str, Image] = {}
        with closing(self._world.connect()) as connection:
            rows = connection.execute(
                "SELECT imageIDs, taxonConceptID, scientificName, recordedBy, dataResourceUid,"
                " license FROM occurrence WHERE imageIDs IS NOT NULL"
            )
            for row in rows:
                for image_id in row["imageIDs"].split("|"):
                    image = Image(
                        image_id,
                        row["taxonConceptID"] or "",
                        row["scientificName"] or "",
                        (row["recordedBy"] or "").split("|")[0],
                        (row["license"] or "").split(" ")[0],
                        row["dataResourceUid"],
                    )
                    found.setdefault(image_id, image)
        return found


def _picture(world: World, known: _Known, image_id: str, kind: str) -> Response:
    if known.get(image_id) is None:
        return _missing()
    elsewhere = world.faults.on("images.redirect") is not None and "nr" not in request.args
    if elsewhere:
        return cast(Response, redirect(f"{world.base}/image-store/{image_id}/{kind}"))
    return _drawn(image_id, kind)


def _missing() -> Response:
    return Response("Image not found", 404, content_type="text/plain")


def _drawn(image_id: str, kind: str) -> Response:
    content = draw(image_id, *_SIZES[kind])
    etag = hashlib.sha256(content).hexdigest()[:32]
    return send_file(io.BytesIO(content), mimetype="image/png", etag=etag, conditional=True)


def draw(image_id: str, width: int, height: int) -> bytes:
    """Return a PNG of eight by six tiles whose colours come from ``image_id``."""
    seed = hashlib.sha256(image_id.encode()).digest()
    colours = [
        bytes((60 + seed[i % 32] // 2, 90 + seed[(i + 7) % 32] // 2, 50 + seed[(i + 13) % 32] // 3))
        for i in range(48)
    ]
    lines = []
    for row in range(6):
        tops = height * (row + 1) // 6 - height * row // 6
        line = b"".join(
            colours[row * 8 + column] * (width * (column + 1) // 8 - width * column // 8)
            for column in range(8)
        )
        lines.append((b"\0" + line) * tops)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def _details(world: World, image: Image) -> Dict[str, Any]:
    address = f"{world.base}{_SERVICE}/image/{image.id}"
    licence = next((one for one in _licences() if one["acronym"] == image.licence), None)
    return {
        "imageIdentifier": image.id,
        "mimeType": "image/png",
        "originalFileName": f"{image.id}.png",
        "sizeInBytes": len(draw(image.id, image.width, image.height)),
        "rights": "",
        "rightsHolder": image.creator,
        "dateUploaded": "2026-05-23 10:47:02",
        "dateTaken": "2026-05-20 09:00:00",
        "imageUrl": f"{address}/original",
        "tileUrlPattern": f"{address}/tms/{{z}}/{{x}}/{{y}}.png",
        "mmPerPixel": "",
        "height": image.height,
        "width": image.width,
        "tileZoomLevels": 4,
        "description": "",
        "title": image.title,
        "type": "StillImage",
        "audience": "",
        "references": "",
        "publisher": "",
        "contributor": "",
        "created": "2026-05-20",
        "source": "",
        "creator": image.creator,
        "license": image.licence,
        "recognisedLicence": licence and {k: v for k, v in licence.items() if k != "id"},
        "dataResourceUid": image.dataset_uid,
        "occurrenceID": "",
    }


def _licences() -> list[Dict[str, Any]]:
    kept = ("acronym", "name", "url", "imageUrl")
    return [
        {"id": number, **{key: licence[key] for key in kept}}
        for number, licence in enumerate(LICENCES, 1)
    ]
