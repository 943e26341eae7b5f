"""Where the body of an answer goes: into memory, or into a file that can be continued."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO, Mapping, Optional, Protocol

from biodiv_plugin.portal.errors import StorageFailed, TooLarge, UnexpectedAnswer, Unreachable
from biodiv_plugin.portal.http import Feedback

MAX_BODY = 64 << 20  # bytes; what is larger is downloaded to a file


class Sink(Protocol):
    """Takes an answer: ``begin`` once, ``write`` for each piece, ``close`` in any case.

    May raise a ``PortalError``; the request is then broken off. ``buffer`` is how many bytes may
    wait in memory to be taken; 0 stands for any number.
    """

    buffer: int

    def begin(self, status: int, headers: Mapping[str, str]) -> None: ...

    def write(self, data: bytes) -> None: ...

    def close(self) -> None: ...


class MemorySink:
    """Keeps a body of at most ``limit`` bytes."""

    buffer = 0

    def __init__(self, limit: Optional[int] = None) -> None:
        self.body = bytearray()
        self._limit = MAX_BODY if limit is None else limit

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        self.body.clear()
        self._refuse_over_limit(_length(headers) or 0)

    def write(self, data: bytes) -> None:
        self.body += data
        self._refuse_over_limit(len(self.body))

    def close(self) -> None:
        pass

    def _refuse_over_limit(self, size: int) -> None:
        if size > self._limit:
            raise TooLarge(f"the body is larger than {self._limit} bytes", limit=self._limit)


class FileSink:
    """Writes a body to a file, or the rest of one to what is there already (RFC 9110, 14)."""

    buffer = 1 << 20

    def __init__(self, target: Path, feedback: Feedback, afresh: bool = False) -> None:
        self._target, self._feedback = target, feedback
        self._note = target.with_name(target.name + ".etag")
        self._stream: Optional[IO[bytes]] = None
        self._total: Optional[int] = None
        self._validator = "" if afresh else self._read_note()
        self._done = self._size() if self._validator else 0

    def range_headers(self) -> dict[str, str]:
        # Unpacked on the way, bytes could be neither counted nor continued.
        headers = {"Accept-Encoding": "identity"}
        if self._done:
            headers.update({"Range": f"bytes={self._done}-", "If-Range": self._validator})
        return headers

    def is_complete(self, headers: Mapping[str, str]) -> bool:
        """Return whether a 416 says that nothing is left to ask for (RFC 9110, 15.5.17)."""
        return self._done > 0 and headers.get("content-range", "") == f"bytes */{self._done}"

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        if status not in (200, 206):
            return  # an error's page is no part of the file
        is_page = headers.get("content-type", "").lower().startswith("text/html")
        if is_page and self._target.suffix.lower() not in (".html", ".htm"):
            raise UnexpectedAnswer("a page in place of the file")
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise UnexpectedAnswer("the file came packed, unasked")
        if status == 206 and not headers.get("content-range", "").startswith(
            f"bytes {self._done}-"
        ):
            raise UnexpectedAnswer("another part of the file than was asked for")
        self._done = self._done if status == 206 else 0
        length = _length(headers)
        self._total = None if length is None else self._done + length
        try:
            self._open("ab" if status == 206 else "wb", _validator(headers), length or 0)
        except OSError as fault:
            raise StorageFailed.of(fault, self._target) from fault

    def _open(self, mode: str, validator: str, length: int) -> None:
        self._stream = self._target.open(mode)
        if length > shutil.disk_usage(self._target.parent).free:
            raise OSError(errno.ENOSPC, "not enough free space")
        if validator:
            self._note.write_text(validator, encoding="latin-1")
        else:
            self._note.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        if self._stream is None or not data:
            return
        try:
            self._stream.write(data)
        except OSError as fault:
            raise StorageFailed.of(fault, self._target) from fault
        self._done += len(data)
        if self._total:
            self._feedback.setProgress(100 * self._done / self._total)

    def close(self) -> None:
        stream, self._stream = self._stream, None
        try:
            if stream is not None:
                stream.close()
        except OSError as fault:
            raise StorageFailed.of(fault, self._target) from fault

    def finish(self) -> None:
        """Tell that all has arrived. Raises ``Unreachable`` where it has not."""
        if self._total is not None and self._done != self._total:
            text = f"{self._done} of {self._total} bytes arrived"
            raise Unreachable(text, reason="closed")
        with suppress(OSError):  # a note too many does no harm: the bytes are all there
            self._note.unlink()
        self._feedback.setProgress(100)

    def _size(self) -> int:
        return self._target.stat().st_size if self._target.is_file() else 0

    def _read_note(self) -> str:
        with suppress(OSError):
            return self._note.read_text(encoding="latin-1").strip()
        return ""


def _validator(headers: Mapping[str, str]) -> str:
    """Return what ``If-Range`` takes: a strong ``ETag``, else the date of the last change."""
    etag = headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")


def _length(headers: Mapping[str, str]) -> Optional[int]:
    text = headers.get("content-length", "")
    return int(text) if text.isdecimal() else None
