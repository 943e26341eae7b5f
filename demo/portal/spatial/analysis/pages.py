"""The documents analyses write: HTML pages, PNG pictures, a PDF of plain lines."""

from __future__ import annotations

from pathlib import Path
from typing import List, Mapping, Sequence

import numpy as np
from markupsafe import escape
from osgeo import gdal


def page(title: str, lines: Mapping[str, object], more: str = "") -> str:
    """Return an HTML page: a title, a table of two columns and ready HTML after it."""
    rows = "".join(f"<tr><td>{escape(k)}</td><td>{escape(v)}</td></tr>" for k, v in lines.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"</head><body><h1>{escape(title)}</h1><table>{rows}</table>{more}</body></html>"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return an HTML table."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def write_png(path: Path, raster: gdal.Dataset) -> None:
    """Write a raster as a grey picture; nodata is transparent."""
    band = raster.GetRasterBand(1)
    values, nodata = band.ReadAsArray(), band.GetNoDataValue()
    inside = values != nodata
    low, high = (values[inside].min(), values[inside].max()) if inside.any() else (0, 1)
    grey = np.where(inside, 230 - 200 * (values - low) / ((high - low) or 1), 255)
    write_picture(path, np.dstack([grey, grey, grey, np.where(inside, 255, 0)]))


def write_picture(path: Path, pixels: np.ndarray) -> None:
    """Write rows of red, green, blue, alpha (0 to 255) as a PNG."""
    height, width, bands = pixels.shape
    raster = gdal.GetDriverByName("MEM").Create("", width, height, bands, gdal.GDT_Byte)
    for band in range(bands):
        raster.GetRasterBand(band + 1).WriteArray(pixels[:, :, band].astype("uint8"))
    gdal.GetDriverByName("PNG").CreateCopy(str(path), raster)
    path.with_name(f"{path.name}.aux.xml").unlink(missing_ok=True)


def pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of A4 pages, a line of text each (Helvetica, Latin-1)."""
    pages = [lines[i : i + 50] for i in range(0, len(lines), 50)] or [[""]]
    objects: List[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for part in pages:
        content = b"BT /F1 11 Tf 50 800 Td 15 TL\n"
        for line in part:
            text = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            content += b"(" + text.encode("cp1252", "replace") + b") Tj T*\n"
        content += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    refs = " ".join(f"{kid} 0 R" for kid in kids).encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return out
