"""What GDAL says when something fails; it goes on regardless and leaves the listening to us."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Iterator

from osgeo import gdal, ogr, osr

from biodiv_plugin.layers.storage import storage_failure

_SYNCHRONOUS = "OGR_SQLITE_SYNCHRONOUS"


@dataclass
class Complaints:
    """What GDAL said in one thread, in its order."""

    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def note(self, level: int, _number: int, message: str) -> None:
        if level >= gdal.CE_Failure:
            self.failures.append(message)
        elif level == gdal.CE_Warning:
            self.warnings.append(message)


@contextmanager
def listening() -> Iterator[Complaints]:
    """Collect what GDAL says within, whether or not its exceptions are switched on."""
    _say_how_errors_come()
    complaints = Complaints()
    gdal.PushErrorHandler(complaints.note)
    try:
        yield complaints
    except RuntimeError as fault:  # its exceptions are switched on, by somebody else
        complaints.failures.append(str(fault))
    finally:
        gdal.PopErrorHandler()


@cache
def _say_how_errors_come() -> None:
    """Choose what is: else GDAL from 3.7 on warns in QGIS's log that nobody has chosen."""
    for module in (gdal, ogr, osr):
        if not module.GetUseExceptions():
            module.DontUseExceptions()


@contextmanager
def unhurried() -> Iterator[None]:
    """Let SQLite not wait for the disk in what this thread writes by GDAL within.

    For a file that is not the user's yet, and thrown away where anything fails.
    """
    gdal.SetThreadLocalConfigOption(_SYNCHRONOUS, "OFF")
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(_SYNCHRONOUS, None)


@contextmanager
def told_by_gdal(path: Path) -> Iterator[None]:
    """Raise ``StorageFailed`` where GDAL cannot write to ``path``."""
    with listening() as complaints:
        yield
    if complaints.failures:
        raise storage_failure("; ".join(complaints.failures[:3]), path)
