"""The plugin's texts: from the source into ``i18n/*.ts``, and from there to what Qt reads.

python -m scripts.i18n           collect the texts into the .ts files, and compile them
python -m scripts.i18n compile   only compile: i18n/biodiv_nl.qm and so on
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "i18n"
PLACEHOLDER = re.compile(r"\{\w*(?::[^}]*)?\}|%\d|%n|<[^>]+>")
LOCATION = re.compile(r"^\s*<location .*\n", re.MULTILINE)


def update(folder: Path = I18N) -> None:
    """Collect the texts of the source into the ``.ts`` files in ``folder``.

    Translations stay, texts that are gone go. Where a text stands in the source is not kept: it
    would change with every edit.
    """
    with tempfile.TemporaryDirectory() as copies:
        sources = []
        for number, path in enumerate(sorted((ROOT / "biodiv_plugin").rglob("*.py"))):
            # pylupdate5 misses a call that ends in a comma; written anew by ast, none does.
            sources.append(str(Path(copies, f"{number:03}.py")))
            text = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
            Path(sources[-1]).write_text(text, encoding="utf-8")
        for catalogue in sorted(folder.glob("*.ts")):
            run(tool("pylupdate5"), "-noobsolete", *sources, "-ts", str(catalogue))
            text = catalogue.read_text(encoding="utf-8")
            catalogue.write_text(LOCATION.sub("", text), encoding="utf-8")


def compile_into(folder: Path) -> list[Path]:
    """Compile every catalogue to a ``.qm`` in ``folder``; return these."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for catalogue in sorted(I18N.glob("*.ts")):
        made.append(folder / f"{catalogue.stem}.qm")
        run(tool("lrelease"), "-silent", str(catalogue), "-qm", str(made[-1]))
    return made


def findings() -> list[str]:
    """Return what is wrong with the catalogues: texts missing, unfinished, gone, or changed."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for catalogue in I18N.glob("*.ts"):
            shutil.copy(catalogue, folder)
        update(Path(folder))
        for catalogue in sorted(I18N.glob("*.ts")):
            kept, fresh = dict(messages(catalogue)), dict(messages(Path(folder, catalogue.name)))
            found += [f"{catalogue.name}: not in it: {key}" for key in fresh.keys() - kept.keys()]
            found += [f"{catalogue.name}: gone: {key}" for key in kept.keys() - fresh.keys()]
            for key, translation in kept.items():
                found += [
                    f"{catalogue.name}: {fault}: {key}" for fault in faults(key[1], translation)
                ]
    return sorted(found)


def messages(catalogue: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((context, source), translation) of each message; the translation may be empty."""
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            text = (translation.text or "") if done and translation is not None else ""
            yield (context.findtext("name", ""), message.findtext("source", "")), text


def faults(source: str, translation: str) -> Iterator[str]:
    if not translation.strip():
        yield "not translated"
    elif sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation)):
        yield "other placeholders"
    elif source.endswith("…") != translation.endswith("…"):
        yield "other end"


def tool(name: str) -> str:
    """Return the path of one of Qt's tools; raises ``SystemExit`` with a sentence."""
    found = shutil.which(name, path=f"/usr/lib/qt5/bin:{Path(sys.prefix, 'bin')}") or shutil.which(
        name
    )
    if found is None:
        sys.exit(f"{name} is missing: scripts/setup installs it.")
    return found


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def main(arguments: list[str]) -> int:
    if arguments == ["check"]:
        found = findings()
        print("\n".join(found) or "translations: complete")
        return bool(found)
    if arguments != ["compile"]:
        update()
    for path in compile_into(I18N):
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
