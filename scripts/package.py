"""Assemble the plugin folder that QGIS wants from the repository's own layout.

    python -m scripts.package link        build/dev/biodiv_plugin, of links, to run the checkout
    python -m scripts.package zip         dist/biodiv_plugin-<version>.zip, nothing vendored, and
                                          dist/biodiv_plugin-<version>-full.zip, with _vendor
    python -m scripts.package index URL   dist/plugins.xml, for a repository of one's own at URL

All go through stage(), so what a developer runs is what a user installs. The same tree gives the
same bytes.
"""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path
from typing import Callable
from xml.etree import ElementTree

from scripts import i18n, vendor

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "biodiv_plugin"
BESIDE = ("resources", "LICENSE")
VERSIONS_TOLD = 3
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")

Place = Callable[[Path, Path], object]


def stage(target: Path, place: Place, *, vendored: bool) -> Path:
    """Lay the package, and what QGIS wants to find in it, into ``target``.

    ``place`` links or copies. What is made at build time is made here: the compiled translations
    and the changelog in ``metadata.txt``.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    sources = [path for path in sorted((ROOT / PACKAGE).iterdir()) if path.name != "__pycache__"]
    sources += [ROOT / name for name in BESIDE]
    if vendored:
        sources.append(vendor.ensure())
    for source in sources:
        if (target / source.name).exists():
            raise FileExistsError(f"{source} would hide another {source.name}")
        place(source, target / source.name)
    i18n.compile_into(target / "i18n")
    (target / "metadata.txt").write_text(metadata_text(), encoding="utf-8")
    return target


def link(source: Path, target: Path) -> None:
    """Link, or copy where the system allows no link (Windows without developer mode)."""
    try:
        target.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:
        copy(source, target)


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_OUT)
    else:
        shutil.copy2(source, target)


def metadata() -> dict[str, str]:
    parser = ConfigParser()  # as QGIS reads it: a lone "%" would be refused
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return dict(parser["general"])


def metadata_text() -> str:
    """Return ``metadata.txt`` with the latest versions of the changelog."""
    text = (ROOT / "metadata.txt").read_text(encoding="utf-8").rstrip("\n")
    told = "\n".join(part for _, part in released()[:VERSIONS_TOLD])
    told = told.replace("%", "%%").replace("\n", "\n ")  # the rest of a value is indented
    return f"{text}\nchangelog={told}\n"


def released() -> list[tuple[str, str]]:
    """Return (date, text) of each version in the changelog that has a date, the latest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        matched = re.match(r"\[?([\d.]+)\]? - (\d{4}-\d{2}-\d{2})$", heading)
        if matched:
            body = re.sub(r"^### (.*)", r"\1:", body, flags=re.MULTILINE)
            body = re.sub(r"^\[.*\]: .*$", "", body, flags=re.MULTILINE)  # link targets
            body = re.sub(r"\n  +", " ", body)  # a wrapped entry becomes one line
            lines = [line for line in body.splitlines() if line.strip()]
            found.append((matched[2], "\n".join([f"{matched[1]} ({matched[2]})", *lines])))
    return found


def archive_name(*, vendored: bool) -> str:
    return f"{PACKAGE}-{metadata()['version']}{'-full' if vendored else ''}.zip"


def make_zip(*, vendored: bool, folder: Path = ROOT / "dist", work: Path = ROOT / "build") -> Path:
    """Build one archive in ``folder``; ``work`` takes the stage that it is packed from."""
    staged = stage(work / ("full" if vendored else "slim") / PACKAGE, copy, vendored=vendored)
    archive = folder / archive_name(vendored=vendored)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(staged.rglob("*")):  # sorted and undated: same tree, same archive
            if path.is_file():
                name = f"{PACKAGE}/{path.relative_to(staged).as_posix()}"
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                out.writestr(entry, path.read_bytes())
    return archive


def make_index(url: str, folder: Path = ROOT / "dist") -> Path:
    """Write the ``plugins.xml`` of a repository that lies at ``url``, offering the full archive.

    QGIS takes the part of ``file_name`` before the first dot for the plugin's folder name, so it
    is not the archive's own name.
    """
    about = metadata()
    date = released()[0][0]
    elements = {
        "description": about["description"],
        "about": about["about"],
        "version": about["version"],
        "qgis_minimum_version": about["qgisMinimumVersion"],
        "qgis_maximum_version": about["qgisMaximumVersion"],
        "homepage": about["homepage"],
        "file_name": f"{PACKAGE}.{about['version']}.zip",
        "author_name": about["author"],
        "author_email": about["email"],
        "download_url": f"{url.rstrip('/')}/{archive_name(vendored=True)}",
        "create_date": date,
        "update_date": date,
        "experimental": about["experimental"],
        "deprecated": "False",
        "tracker": about["tracker"],
        "repository": about["repository"],
        "tags": about["tags"],
        "category": about["category"],
    }
    plugins = ElementTree.Element("plugins")
    plugin = ElementTree.SubElement(
        plugins, "pyqgis_plugin", name=about["name"], version=about["version"]
    )
    for name, text in elements.items():
        ElementTree.SubElement(plugin, name).text = text
    ElementTree.indent(plugins)
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / "plugins.xml"
    ElementTree.ElementTree(plugins).write(index, encoding="utf-8", xml_declaration=True)
    return index


def main(arguments: list[str]) -> int:
    if arguments == ["link"]:
        print(stage(ROOT / "build" / "dev" / PACKAGE, link, vendored=True))
    elif arguments == ["zip"]:
        for vendored in (False, True):
            archive = make_zip(vendored=vendored)
            print(f"{archive.relative_to(ROOT)}  {archive.stat().st_size / 1024:.0f} kB")
    elif len(arguments) == 2 and arguments[0] == "index":
        print(make_index(arguments[1]).relative_to(ROOT))
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
