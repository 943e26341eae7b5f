"""The plugin's algorithms in the Processing toolbox."""

from __future__ import annotations

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
        from biodiv_plugin.processing.account import ShowAccount
        from biodiv_plugin.processing.area_report import AreaReportOfPolygons
        from biodiv_plugin.processing.count_observations import CountObservations
        from biodiv_plugin.processing.download_observations import DownloadObservations
        from biodiv_plugin.processing.import_archive import ImportArchive
        from biodiv_plugin.processing.load_species_list import LoadSpeciesList
        from biodiv_plugin.processing.match_names import MatchNames
        from biodiv_plugin.processing.notifications import MyNotifications
        from biodiv_plugin.processing.portal_areas import PortalAreas
        from biodiv_plugin.processing.portal_layers import PortalLayers
        from biodiv_plugin.processing.publishable_copy import PublishableCopy
        from biodiv_plugin.processing.repeat_download import RepeatDownload
        from biodiv_plugin.processing.run_analysis import RunAnalysis
        from biodiv_plugin.processing.sample_layers import SampleLayers
        from biodiv_plugin.processing.save_species_list import SaveSpeciesList
        from biodiv_plugin.processing.search_observations import SearchObservations
        from biodiv_plugin.processing.sign_in import SignIn
        from biodiv_plugin.processing.sign_out import SignOut
        from biodiv_plugin.processing.species_in_area import SpeciesInArea
        from biodiv_plugin.processing.species_lists import SpeciesLists
        from biodiv_plugin.processing.square_atlas import SquareAtlas
        from biodiv_plugin.processing.upload_area import UploadArea
        from biodiv_plugin.processing.watch import WatchAreas

        for algorithm in (
            SignIn,
            SignOut,
            ShowAccount,
            CountObservations,
            SearchObservations,
            DownloadObservations,
            RepeatDownload,
            ImportArchive,
            SpeciesInArea,
            SquareAtlas,
            PublishableCopy,
            PortalLayers,
            PortalAreas,
            SampleLayers,
            UploadArea,
            RunAnalysis,
            AreaReportOfPolygons,
            MatchNames,
            LoadSpeciesList,
            SpeciesLists,
            SaveSpeciesList,
            MyNotifications,
            WatchAreas,
        ):
            self.addAlgorithm(algorithm(self._services))
