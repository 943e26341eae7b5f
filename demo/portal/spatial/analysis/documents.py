"""AreaReport, MapImage and GeneratePoints."""

from __future__ import annotations

import json
from collections import Counter
from typing import List

from demo.portal.data.layers import area_km
from demo.portal.geoserver import mapserver
from demo.portal.spatial.analysis.job import Failed, Job
from demo.portal.spatial.analysis.pages import pdf
from demo.portal.spatial.objects import overlapping

SANDBOX = "https://sandbox.ala.org.au"  # the portal sets no other: the answer points to Australia
WITHIN = ("cl100", "cl101", "cl10093", "cl10007", "cl10133")


def area_report(job: Job) -> None:
    """A PDF of what an area holds."""
    area = next(iter(job.areas()), {})
    shape = job.shape(area)
    job.inputs.setdefault("species", {"q": ["*:*"]})
    records = job.records()
    species = Counter((record.group or "Other", record.name) for record in records)
    groups = Counter(group for group, _ in species)
    years = [record.year for record in records if record.year]
    lines: List[str] = [f"Area report: {area.get('name') or area.get('pid') or 'area'}", ""]
    if shape is not None:
        lines.append(f"Area: {area_km(shape):.2f} sq km")
    lines += [f"Occurrences: {len(records)}", f"Species: {len(species)}"]
    if years:
        lines.append(f"Years: {min(years)} - {max(years)}")
    lines += ["", "Species by group"]
    lines += [f"    {group}: {count}" for group, count in groups.most_common()]
    if shape is not None:
        for fid in WITHIN:
            names = [str(row["name"]) for row in overlapping(job.store, fid, shape)]
            field = job.store.field(fid)
            if names and field:
                lines += ["", str(field["name"]), *(f"    {name}" for name in sorted(names))]
    lines += ["", "Species"]
    lines += [f"    {name}: {count}" for (_, name), count in species.most_common()]
    file = f"areaReport{job.id}.pdf"
    (job.folder / file).write_bytes(pdf(lines))
    job.tell("files", file)


def map_image(job: Job) -> None:
    """A picture of the municipalities within a box."""
    try:
        box = [float(part) for part in json.loads(job.text("bbox", "[-180,-70,180,70]"))]
        width, height = (int(part) for part in json.loads(job.text("windowSize", "[1920,1080]")))
    except (ValueError, TypeError) as error:
        raise Failed(f"bbox or windowSize is no JSON list: {error}") from error
    kind = {"jpg": ("image/jpeg", "jpg")}.get(job.text("outputType"), ("image/png", "png"))
    answer = mapserver.run(
        job.world.folder,
        {
            "SERVICE": "WMS",
            "VERSION": "1.1.1",
            "REQUEST": "GetMap",
            "SRS": "EPSG:4326",
            "BBOX": ",".join(map(str, box)),
            "WIDTH": str(min(width, 4000)),
            "HEIGHT": str(min(height, 4000)),
            "LAYERS": "gemeenten",
            "STYLES": "",
            "FORMAT": kind[0],
        },
    )
    if not answer.content_type.startswith("image/"):
        raise Failed("the map could not be drawn")
    file = f"map{job.id}.{kind[1]}"
    (job.folder / file).write_bytes(answer.body)
    job.tell("files", file)


def generate_points(job: Job) -> None:
    """Regular points, told as an upload to the sandbox that the service is set to."""
    west, south, east, north = job.extent()
    distance = job.number("distance", 0.1)
    count = max(1, int((east - west) / distance)) * max(1, int((north - south) / distance))
    told = {
        "q": [f'dataResourceUid:"demo-{job.id}"'],
        "name": f"{count} generated points",
        "bs": f"{SANDBOX}/biocache-service",
        "ws": f"{SANDBOX}/generic-hub",
    }
    job.tell("species", json.dumps(told))
