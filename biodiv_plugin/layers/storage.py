"""Files: whether one can be written, and putting it in place at once."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePath
from typing import Iterator
from urllib.parse import quote

from biodiv_plugin.portal.errors import Canceled, StorageFailed

PART = ".part.gpkg"  # what is not finished; a file of this name is nobody's
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file in use
_PATIENCE = (0.02, 0.05, 0.1, 0.2)  # seconds
_NEVER = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST = 100  # characters of a name; Windows takes 260 of a whole path
_DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
)

# Words of SQLite and GDAL, in the order in which they are looked for.
_REASONS = (
    ("full", ("is full", "no space left", "disk quota")),
    ("in_use", ("is locked", "is busy", "used by another process")),
    ("denied", ("readonly", "read-only", "permission denied", "unable to open")),
)


def storage_failure(message: str, path: Path) -> StorageFailed:
    """Return the error for what SQLite or GDAL said when ``path`` could not be written."""
    said = message.lower()
    for reason, words in _REASONS:
        if any(word in said for word in words):
            return StorageFailed(message, reason=reason, path=str(path))
    if free_bytes(path) < 1024**2:  # some drivers only say that writing failed
        return StorageFailed(message, reason="full", path=str(path))
    return StorageFailed(message, reason="other", path=str(path))


@contextmanager
def told_by_storage(path: Path) -> Iterator[None]:
    """Raise ``StorageFailed`` for what the operating system or SQLite refuses within, and
    ``Canceled`` for a statement that was interrupted."""
    try:
        yield
    except sqlite3.Error as fault:
        if "interrupted" in str(fault):
            raise Canceled from fault
        raise storage_failure(str(fault), path) from fault
    except OSError as fault:
        raise StorageFailed.of(fault, path) from fault


def part_of(target: Path) -> Path:
    """Return the file to write before it becomes ``target``."""
    return target.with_name(target.stem + PART)


def check_target(target: Path, needed: int) -> None:
    """Raise ``StorageFailed`` where ``needed`` bytes could not be put in the place of ``target``.

    Earlier than after an hour's download, that is; the disk may still fill up meanwhile.
    """
    with told_by_storage(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EPERM, "a folder of that name", str(target))
        probe = part_of(target)
        probe.touch()
        probe.unlink()
    refuse_in_use(target)
    if free_bytes(target) < needed:
        message = f"{needed} bytes needed, {free_bytes(target)} free"
        raise StorageFailed(message, reason="full", path=str(target))


def free_bytes(path: Path) -> int:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free
    return 0


def refuse_in_use(target: Path) -> None:
    """Raise ``StorageFailed`` where this QGIS shows ``target``, or somebody edits it.

    On Unix nothing would keep us from replacing such a file; the layers of it would show the
    old data from then on, and an editor's log would be applied to the new file.
    """
    if not target.exists():
        return
    if any(target.with_name(target.name + beside).exists() for beside in _BESIDE[:2]):
        raise StorageFailed("somebody edits the file", reason="in_use", path=str(target))
    if _is_open_here(target):
        raise StorageFailed("QGIS has the file open", reason="in_use", path=str(target))
    with told_by_storage(target):
        target.rename(target)  # Windows refuses this for a file that is open anywhere
        with suppress(sqlite3.DatabaseError), closing(_connect(target)) as connection:
            _lock(connection, target)  # what is no database may be overwritten


@contextmanager
def written_at_once(target: Path) -> Iterator[Path]:
    """Give a file to write, and let it become ``target`` in one step where that succeeds.

    Where it fails the old file stays, and nothing of the new one. Raises ``StorageFailed``.
    """
    with told_by_storage(target):
        remove_part(target)
    part = part_of(target)
    try:
        yield part
        refuse_in_use(target)
        replace_file(part, target)
    finally:
        with suppress(OSError):  # a virus scanner's, who knows; the next import removes it
            remove_part(target)


def replace_file(part: Path, target: Path) -> None:
    """Let ``part`` become ``target`` in one step; the old file stays where that fails.

    On Windows a virus scanner, or another QGIS that reads the file, is in the way for a moment:
    that is waited for. Raises ``StorageFailed``.
    """
    with told_by_storage(target):
        for pause in _PATIENCE:
            try:
                part.replace(target)
                return
            except PermissionError as fault:
                if getattr(fault, "winerror", None) is None:
                    raise
                threading.Event().wait(pause)
        part.replace(target)


def write_whole(path: Path, text: str) -> None:
    """Write a file of the plugin's own: for its user alone, whole or not at all.

    Raises ``StorageFailed``.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(3)}.part")
    with told_by_storage(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            part.touch(mode=0o600)
            part.write_text(text, encoding="utf-8")
            replace_file(part, path)
        finally:
            with suppress(OSError):
                part.unlink()  # where it is still there


def remove_part(target: Path) -> None:
    """Remove what an unfinished import, of this or of a crashed QGIS, left of ``target``."""
    part = part_of(target)
    for leftover in (part, *part.parent.glob(f"{_escaped(part.stem)}.*.gpkg")):
        for name in (leftover.name, *(leftover.name + beside for beside in _BESIDE)):
            with suppress(FileNotFoundError):
                leftover.with_name(name).unlink()


def is_file_name(name: str) -> bool:
    """Return whether a file may be called ``name`` on any system, Windows being the strictest."""
    device = name.partition(".")[0].rstrip().lower() in _DEVICES
    return bool(name) and not _NEVER.search(name) and name[-1] not in " ." and not device


def file_stem(title: str) -> str:
    """Return ``title``, of a layer perhaps, as a file may be called on any system."""
    name = _NEVER.sub("_", " ".join(title.split()))[:_LONGEST].strip(" .")
    return name if is_file_name(name) else f"_{name}"


def chosen_file(typed: str, ending: str, folder: Path) -> Path:
    """Return the file that somebody typed or chose; a bare name lies in ``folder``.

    Explorer puts quotes around a path that one copies there. ``ending`` is added where it is
    missing, and takes the place of nothing: "Grid 1.5 km" has no ending.
    """
    path = folder / typed.strip().strip('"')
    if path.suffix.lower() == ending:
        return path
    return path.with_name(path.name + ending)


def _escaped(name: str) -> str:
    """Return ``name`` as a glob pattern that matches nothing else."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database, whatever its name holds, that nothing is to be written to."""
    return sqlite3.connect(f"{database_uri(path.absolute())}?mode=ro", uri=True)


def database_uri(path: PurePath) -> str:
    """Return an absolute path as SQLite takes it: a network share is part of the path there, and
    not, as in ``as_uri``, a host, which SQLite refuses (sqlite.org/uri.html)."""
    text = path.as_posix()
    return "file://" + quote(text if text.startswith("/") else f"/{text}", safe="/:")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(str(path), timeout=0, isolation_level=None)


def _lock(connection: sqlite3.Connection, target: Path) -> None:
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        failure = storage_failure(str(fault), target)
        if failure.reason == "in_use":
            raise failure from fault


def _is_open_here(path: Path) -> bool:
    """Return whether this process has ``path`` open, where the system can tell."""
    handles = Path("/dev/fd")  # Linux and macOS
    if not handles.is_dir():
        return False
    wanted = path.stat()
    for handle in handles.iterdir():
        with suppress(OSError, ValueError):
            if os.path.samestat(os.fstat(int(handle.name)), wanted):
                return True
    return False
