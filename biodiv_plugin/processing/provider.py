"""The plugin's algorithms in the Processing toolbox."""

from __future__ import annotations

from importlib import import_module

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from biodiv_plugin import paths
from biodiv_plugin.services import Services


class PortalProvider(QgsProcessingProvider):
    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def id(self) -> str:
        return "biodiv"

    def name(self) -> str:
        return self.tr("Flemish Biodiversity Portal")

    def icon(self) -> QIcon:
        return QIcon(str(paths.resource("icons/portal.svg")))

    def supportedOutputVectorLayerExtensions(self) -> list[str]:  # noqa: N802
        return ["gpkg"]  # a shapefile would cut "scientificName" to ten letters

    def loadAlgorithms(self) -> None:  # noqa: N802
        for module, name in _ALGORITHMS:
            algorithm = getattr(import_module(f"biodiv_plugin.processing.{module}"), name)
            self.addAlgorithm(algorithm(self._services))


# In the order of their parts; imported when QGIS asks, since a start needs none of them.
_ALGORITHMS = (
    ("sign_in", "SignIn"),
    ("sign_out", "SignOut"),
    ("account", "ShowAccount"),
    ("count_observations", "CountObservations"),
    ("search_observations", "SearchObservations"),
    ("download_observations", "DownloadObservations"),
    ("repeat_download", "RepeatDownload"),
    ("import_archive", "ImportArchive"),
    ("species_in_area", "SpeciesInArea"),
    ("square_atlas", "SquareAtlas"),
    ("publishable_copy", "PublishableCopy"),
    ("portal_layers", "PortalLayers"),
    ("portal_areas", "PortalAreas"),
    ("sample_layers", "SampleLayers"),
    ("upload_area", "UploadArea"),
    ("run_analysis", "RunAnalysis"),
    ("area_report", "AreaReportOfPolygons"),
    ("match_names", "MatchNames"),
    ("load_species_list", "LoadSpeciesList"),
    ("species_lists", "SpeciesLists"),
    ("save_species_list", "SaveSpeciesList"),
    ("notifications", "MyNotifications"),
    ("watch", "WatchAreas"),
)
