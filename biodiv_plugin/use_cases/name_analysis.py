"""The portal's analyses in the user's words: names, sentences, inputs and choices.

What is not known here, such as an analysis that the portal adds, goes by its own name.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from biodiv_plugin.portal.analysis import Process, ProcessInput
from biodiv_plugin.translation import translate

_TITLES = {
    "AooEoo": QT_TRANSLATE_NOOP("Analyses", "AOO and EOO of a species"),
    "AreaReport": QT_TRANSLATE_NOOP("Analyses", "Area report as PDF"),
    "Classification": QT_TRANSLATE_NOOP("Analyses", "Classification by environment"),
    "CompareAreas": QT_TRANSLATE_NOOP("Analyses", "Compare two areas"),
    "DoubleGridding": QT_TRANSLATE_NOOP("Analyses", "Double grid"),
    "Envelope": QT_TRANSLATE_NOOP("Analyses", "Area by environmental layers"),
    "GeneratePoints": QT_TRANSLATE_NOOP("Analyses", "Generate points"),
    "MapImage": QT_TRANSLATE_NOOP("Analyses", "Map as a picture"),
    "Maxent": QT_TRANSLATE_NOOP("Analyses", "Prediction (Maxent)"),
    "MergeAreas": QT_TRANSLATE_NOOP("Analyses", "Merge areas"),
    "PointsToGrid": QT_TRANSLATE_NOOP("Analyses", "Observations to a grid"),
    "ScatterplotCreate": QT_TRANSLATE_NOOP("Analyses", "Scatterplot"),
    "ScatterplotDraw": QT_TRANSLATE_NOOP("Analyses", "Draw a scatterplot again"),
    "ScatterplotList": QT_TRANSLATE_NOOP("Analyses", "Scatterplots of several layers"),
    "SpeciesByLayer": QT_TRANSLATE_NOOP("Analyses", "Species by class of a layer (1D)"),
    "TaxonFrequency": QT_TRANSLATE_NOOP("Analyses", "Taxon frequency"),
}
_SENTENCES = {
    "AooEoo": QT_TRANSLATE_NOOP(
        "Analyses",
        "Tells how much room a species takes: the cells it occupies (AOO), the hull around all "
        "observations (EOO), an alpha hull, and circles around the observations.",
    ),
    "AreaReport": QT_TRANSLATE_NOOP(
        "Analyses", "Tells in one document what an area holds: observations, species, layers."
    ),
    "Classification": QT_TRANSLATE_NOOP(
        "Analyses",
        "Divides an area into groups of places that are alike on the layers that you choose.",
    ),
    "CompareAreas": QT_TRANSLATE_NOOP(
        "Analyses", "Tells which species two areas share, and which only one of them has."
    ),
    "DoubleGridding": QT_TRANSLATE_NOOP(
        "Analyses", "Counts species by cell of a fine grid and of a coarse one, by period."
    ),
    "Envelope": QT_TRANSLATE_NOOP(
        "Analyses", "Finds the area where environmental layers stay within the ranges you give."
    ),
    "GeneratePoints": QT_TRANSLATE_NOOP(
        "Analyses",
        "Puts regular points of an area in the portal's sandbox. Regular points in the toolbox "
        "of QGIS does the same on your own computer.",
    ),
    "MapImage": QT_TRANSLATE_NOOP(
        "Analyses", "Draws a map of the portal. A print layout of QGIS can do more."
    ),
    "Maxent": QT_TRANSLATE_NOOP(
        "Analyses",
        "Predicts where a species can live, from its observations and the layers you choose.",
    ),
    "MergeAreas": QT_TRANSLATE_NOOP(
        "Analyses",
        "Makes one area of the portal of several: all of them together, or what they share.",
    ),
    "PointsToGrid": QT_TRANSLATE_NOOP(
        "Analyses", "Counts observations and species by cell of a grid, as a table and as grids."
    ),
    "ScatterplotCreate": QT_TRANSLATE_NOOP(
        "Analyses", "Sets out the observations of a species against two environmental layers."
    ),
    "ScatterplotDraw": QT_TRANSLATE_NOOP(
        "Analyses", "Draws an earlier scatterplot with other points, by its number."
    ),
    "ScatterplotList": QT_TRANSLATE_NOOP(
        "Analyses", "Sets out observations against each pair of the layers you choose."
    ),
    "SpeciesByLayer": QT_TRANSLATE_NOOP(
        "Analyses", "Counts species and observations in each class of a layer."
    ),
    "TaxonFrequency": QT_TRANSLATE_NOOP(
        "Analyses", "Counts the observations of a species by year, beside another one if you like."
    ),
}
_INPUTS = {
    "area": QT_TRANSLATE_NOOP("Analyses", "Area"),
    "areas": QT_TRANSLATE_NOOP("Analyses", "Areas"),
    "species": QT_TRANSLATE_NOOP("Analyses", "Species"),
    "species1": QT_TRANSLATE_NOOP("Analyses", "Species"),
    "species2": QT_TRANSLATE_NOOP("Analyses", "Second species, to compare with"),
    "layer": QT_TRANSLATE_NOOP("Analyses", "Layer"),
    "layers": QT_TRANSLATE_NOOP("Analyses", "Layers"),
    "resolution": QT_TRANSLATE_NOOP("Analyses", "Cell size (degrees)"),
    "coverage": QT_TRANSLATE_NOOP("Analyses", "Alpha of the alpha hull"),
    "radius": QT_TRANSLATE_NOOP("Analyses", "Radius around each observation (m)"),
    "ignoredPages": QT_TRANSLATE_NOOP("Analyses", "Pages to leave out"),
    "groups": QT_TRANSLATE_NOOP("Analyses", "Number of groups"),
    "shp": QT_TRANSLATE_NOOP("Analyses", "Make a shapefile too"),
    "primaryGridCellSize": QT_TRANSLATE_NOOP("Analyses", "Cell size of the fine grid (degrees)"),
    "secondaryGridCellSize": QT_TRANSLATE_NOOP(
        "Analyses", "Cell size of the coarse grid (degrees)"
    ),
    "yearSize": QT_TRANSLATE_NOOP("Analyses", "Length of a period (years)"),
    "envelope": QT_TRANSLATE_NOOP("Analyses", "Layers, and the range of each"),
    "distance": QT_TRANSLATE_NOOP("Analyses", "Distance between points (degrees)"),
    "bbox": QT_TRANSLATE_NOOP("Analyses", "Extent [west, south, east, north]"),
    "baseMap": QT_TRANSLATE_NOOP("Analyses", "Background"),
    "windowSize": QT_TRANSLATE_NOOP("Analyses", "Size in pixels [width, height]"),
    "mapLayers": QT_TRANSLATE_NOOP("Analyses", "Layers of the map, as JSON"),
    "comment": QT_TRANSLATE_NOOP("Analyses", "Remark below the map"),
    "outputType": QT_TRANSLATE_NOOP("Analyses", "Kind of file"),
    "testPercentage": QT_TRANSLATE_NOOP("Analyses", "Share of the observations kept for testing"),
    "jackknife": QT_TRANSLATE_NOOP("Analyses", "Weigh each layer by itself (jackknife)"),
    "responseCurves": QT_TRANSLATE_NOOP("Analyses", "Draw response curves"),
    "name": QT_TRANSLATE_NOOP("Analyses", "Name of the new area"),
    "description": QT_TRANSLATE_NOOP("Analyses", "Description of the new area"),
    "type": QT_TRANSLATE_NOOP("Analyses", "How to merge"),
    "gridCellSize": QT_TRANSLATE_NOOP("Analyses", "Cell size (degrees)"),
    "sitesBySpecies": QT_TRANSLATE_NOOP("Analyses", "Table of species by cell"),
    "occurrenceDensity": QT_TRANSLATE_NOOP("Analyses", "Grid with the number of observations"),
    "speciesRichness": QT_TRANSLATE_NOOP("Analyses", "Grid with the number of species"),
    "movingAverage": QT_TRANSLATE_NOOP("Analyses", "Moving average over cells"),
    "grid": QT_TRANSLATE_NOOP("Analyses", "Show the environment as a grid"),
    "scatterplotId": QT_TRANSLATE_NOOP("Analyses", "Number of the scatterplot"),
    "color": QT_TRANSLATE_NOOP("Analyses", "Colour of the points"),
    "size": QT_TRANSLATE_NOOP("Analyses", "Size of the points"),
    "opacity": QT_TRANSLATE_NOOP("Analyses", "Opacity of the points"),
    "colorType": QT_TRANSLATE_NOOP("Analyses", "Colour by an index field (-1: one colour)"),
    "wkt": QT_TRANSLATE_NOOP("Analyses", "Area whose points are marked"),
    "selection": QT_TRANSLATE_NOOP("Analyses", "Box in the picture, in pixels"),
    "minYear": QT_TRANSLATE_NOOP("Analyses", "From year"),
}
_INPUTS_OF = {
    ("MapImage", "resolution"): QT_TRANSLATE_NOOP("Analyses", "Quality"),
}
_CHOICES = {
    "Union": QT_TRANSLATE_NOOP("Analyses", "all together"),
    "Intersection": QT_TRANSLATE_NOOP("Analyses", "what they share"),
    "1x1 (no moving average)": QT_TRANSLATE_NOOP("Analyses", "none"),
    "outline": QT_TRANSLATE_NOOP("Analyses", "outlines"),
    "normal": QT_TRANSLATE_NOOP("Analyses", "roads and names"),
    "hybrid": QT_TRANSLATE_NOOP("Analyses", "satellite and names"),
    "minimal": QT_TRANSLATE_NOOP("Analyses", "plain"),
    "print": QT_TRANSLATE_NOOP("Analyses", "for print"),
    "screen": QT_TRANSLATE_NOOP("Analyses", "for the screen"),
}
_RESULTS = {
    "areas": QT_TRANSLATE_NOOP("Analyses", "Areas"),
    "species": QT_TRANSLATE_NOOP("Analyses", "Predicted distribution"),
    "maxentResults": QT_TRANSLATE_NOOP("Analyses", "Figures of the prediction"),
    "aloc": QT_TRANSLATE_NOOP("Analyses", "Groups"),
    "classification_means": QT_TRANSLATE_NOOP("Analyses", "Means by group"),
    "occurrence_density": QT_TRANSLATE_NOOP("Analyses", "Number of observations"),
    "species_richness": QT_TRANSLATE_NOOP("Analyses", "Number of species"),
    "SitesBySpecies": QT_TRANSLATE_NOOP("Analyses", "Species by cell"),
    "comparison": QT_TRANSLATE_NOOP("Analyses", "Compared species"),
    "envelope": QT_TRANSLATE_NOOP("Analyses", "Area within the ranges"),
    "SpeciesByLayer": QT_TRANSLATE_NOOP("Analyses", "Species by class"),
    "taxon_frequency": QT_TRANSLATE_NOOP("Analyses", "Observations by year"),
}
# What the service takes and does not tell (contract/spatial 7.8).
_UNTOLD_CHOICES = {
    ("MapImage", "outputType"): ("png", "jpg", "pdf"),
    ("MapImage", "resolution"): ("print", "screen"),
}
_UNTOLD_DEFAULTS = {
    ("MapImage", "mapLayers"): "[]",
    ("MapImage", "comment"): "QGIS",
    ("ScatterplotDraw", "size"): "4",
    ("ScatterplotDraw", "opacity"): "1",
    ("ScatterplotDraw", "colorType"): "-1",
}


def name_process(name: str) -> str:
    """Return the title of an analysis."""
    return translate("Analyses", _TITLES[name]) if name in _TITLES else name


def describe_process(process: Process) -> str:
    """Return what an analysis does, in a sentence; the portal's own for one not known here."""
    if process.name in _SENTENCES:
        return translate("Analyses", _SENTENCES[process.name])
    return process.description


def name_input(process: Process, wanted: ProcessInput) -> str:
    """Return the label of an input; the portal's own words for one not known here."""
    counted = wanted.type in ("area", "layer") and (wanted.maximum or 1) > 1
    plural = f"{wanted.name}s" if counted else wanted.name
    label = _INPUTS_OF.get((process.name, wanted.name)) or _INPUTS.get(plural)
    if label is not None:
        return translate("Analyses", label)
    return wanted.description or wanted.name


def name_choice(value: str) -> str:
    """Return a value of a list to show."""
    return translate("Analyses", _CHOICES[value]) if value in _CHOICES else value


def choices_of(process: Process, wanted: ProcessInput) -> tuple[str, ...]:
    """Return the values of a list; empty where neither the portal nor the contract tells them."""
    return wanted.choices or _UNTOLD_CHOICES.get((process.name, wanted.name), ())


def default_of(process: Process, wanted: ProcessInput) -> str:
    """Return what stands in an input at first."""
    return wanted.default or _UNTOLD_DEFAULTS.get((process.name, wanted.name), "")


def name_result(stem: str) -> str:
    """Return the title of a layer or table, by the name of its file without ending."""
    return translate("Analyses", _RESULTS[stem]) if stem in _RESULTS else stem


def name_group(process: str, number: int) -> str:
    """Return the title of the group of layers that an analysis left."""
    return f"{name_process(process)} {number}"
