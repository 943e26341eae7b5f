"""The 16 public processes, each a function of a job (contract/spatial 7.8)."""

from __future__ import annotations

from typing import Callable, Dict

from demo.portal.spatial.analysis import areas, documents, environment, grids, tables
from demo.portal.spatial.analysis.job import Job

PROCESSES: Dict[str, Callable[[Job], None]] = {
    "AooEoo": areas.aoo_eoo,
    "AreaReport": documents.area_report,
    "Classification": environment.classification,
    "CompareAreas": tables.compare_areas,
    "DoubleGridding": grids.double_gridding,
    "Envelope": areas.envelope,
    "GeneratePoints": documents.generate_points,
    "MapImage": documents.map_image,
    "Maxent": environment.maxent,
    "MergeAreas": areas.merge_areas,
    "PointsToGrid": grids.points_to_grid,
    "ScatterplotCreate": environment.scatterplot_create,
    "ScatterplotDraw": environment.scatterplot_draw,
    "ScatterplotList": environment.scatterplot_list,
    "SpeciesByLayer": tables.species_by_layer,
    "TaxonFrequency": tables.taxon_frequency,
}
