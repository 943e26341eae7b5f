"""What a running download is doing, in words."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.follow_job import DownloadProgress, Stage


def words_of(progress: DownloadProgress) -> str:
    """Say what a running download is doing."""
    number = QLocale().toString
    size = QLocale().formattedDataSize
    if progress.stage is Stage.QUEUED:
        return translate("JobRow", "Waiting for the portal: {n} in the queue").format(
            n=progress.queue_size
        )
    if progress.stage is Stage.PREPARING:
        return translate("JobRow", "The portal gathers {done} of {total} records").format(
            done=number(progress.done), total=number(progress.total)
        )
    if progress.stage is Stage.SLOWED:
        return translate(
            "JobRow", "The portal asks to slow down; the download goes on after a pause."
        )
    if progress.stage is Stage.TROUBLED:
        return translate("JobRow", "The portal does not answer; it is asked again in a moment.")
    if progress.stage is Stage.FETCHING:
        return translate("JobRow", "Fetching {done} of {total}").format(
            done=size(progress.done), total=size(progress.total)
        )
    return translate("JobRow", "Writing {done} of {total} records").format(
        done=number(progress.done), total=number(progress.total)
    )
