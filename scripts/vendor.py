"""Make ``biodiv_plugin._vendor``: the packages that signing in needs, under a name of their own.

    python -m scripts.vendor        prints build/vendor/_vendor; asks the network only to make it

Under their own names another plugin's older copy would be taken, or ours by another plugin. So
every import among them is rewritten, and the result is refused while one absolute import is left.
"""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements-vendor.txt"
VENDOR = ROOT / "build" / "vendor"
PREFIX = "biodiv_plugin._vendor"
NAMES = (
    "backports",
    "jaraco",
    "jeepney",
    "keyring",
    "more_itertools",
    "oauthlib",
    "requests_oauthlib",
    "secretstorage",
    "segno",
    "win32ctypes",
)
# Command lines, test suites and keyring's front end, which reads a configuration file that may
# name any module and any folder to import it from; the plugin picks a backend class itself.
LEFT_OUT = (
    "jeepney/tests",
    "jeepney/io/tests",
    "keyring/__main__.py",
    "keyring/backend_complete.bash",
    "keyring/backend_complete.zsh",
    "keyring/cli.py",
    "keyring/completion.py",
    "keyring/core.py",
    "keyring/devpi_client.py",
    "keyring/http.py",
    "keyring/testing",
    "keyring/backends/chainer.py",
    "keyring/backends/null.py",
    "segno/cli.py",
    "segno/helpers.py",
    "win32ctypes/tests",
)
REPLACED = {
    "keyring/__init__.py": '"""Only the backend classes: see keyring.backends."""\n',
    # Backends are found by the entry points of an installed distribution, which this is not.
    "keyring/compat/py312.py": (
        "class metadata:\n    @staticmethod\n    def entry_points(**_query):\n        return ()\n"
    ),
}


def ensure() -> Path:
    """Return the folder ``_vendor``, made first where it is missing or out of date.

    Raises ``SystemExit`` with a sentence where a package cannot be had.
    """
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    made, stamp = VENDOR / "_vendor", VENDOR / "stamp"
    if not (stamp.is_file() and stamp.read_text() == wanted and made.is_dir()):
        VENDOR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=VENDOR) as temporary:
            fresh = Path(temporary) / "_vendor"
            build(install(Path(temporary) / "installed"), fresh)
            stamp.unlink(missing_ok=True)
            shutil.rmtree(made, ignore_errors=True)
            fresh.rename(made)
            stamp.write_text(wanted)
    return made


def install(target: Path) -> Path:
    """Let pip put the pinned wheels into ``target``, from where this machine's pip takes them."""
    command = [
        *(sys.executable, "-m", "pip", "install", "-q", "--no-input", "--no-compile"),
        *("--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes"),
        *("--target", str(target), "-r", str(REQUIREMENTS)),
    ]
    if subprocess.run(command, check=False).returncode:
        sys.exit("The packages of requirements-vendor.txt could not be fetched: see pip above.")
    return target


def build(installed: Path, target: Path) -> None:
    """Copy the packages and their licences from ``installed``, with rewritten imports."""
    for name in NAMES:
        for source in sorted((installed / name).rglob("*")):
            relative = source.relative_to(installed).as_posix()
            kept = source.suffix != ".pyi" and not relative.startswith(LEFT_OUT)
            if source.is_file() and kept:
                copy(source, target / relative, relative)
    for package in (target, *(path for path in target.rglob("*") if path.is_dir())):
        (package / "__init__.py").touch()  # jaraco and backports were namespaces
    for metadata in sorted(installed.glob("*.dist-info")):
        for licence in sorted(path for path in metadata.rglob("LICEN*") if path.is_file()):
            place = target / "licences" / metadata.name[: -len(".dist-info")]
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(licence, place / licence.name)
    left = [line for path in sorted(target.rglob("*.py")) for line in absolute_imports(path)]
    if left:
        sys.exit("Still imported under their own names:\n" + "\n".join(left))


def copy(source: Path, target: Path, relative: str) -> None:
    if source.suffix in {".so", ".pyd", ".dll", ".dylib"}:
        sys.exit(f"{relative} is native code, which the archive must not hold.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".py":
        shutil.copyfile(source, target)
        return
    text = REPLACED.get(relative) or rewrite(source.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8")


def rewrite(text: str) -> str:
    """Return the module with its imports of vendored packages put under ``PREFIX``."""
    names = "|".join(NAMES)
    for pattern, replacement in (
        (rf"^(\s*)from ({names})(?=[.\s])", rf"\1from {PREFIX}.\2"),
        (rf"^(\s*)import ((?:{names})[\w.]*) as ", rf"\1import {PREFIX}.\2 as "),
        (rf"^(\s*)import ({names})\s*$", rf"\1from {PREFIX} import \2"),
        (
            rf"^(\s*)import ({names})((?:\.\w+)+)\s*$",
            rf"\1import {PREFIX}.\2\3\n\1from {PREFIX} import \2",
        ),
        # win32ctypes finds its halves by names in strings
        (r"(?<=['\"])(win32ctypes\.core\.)", rf"{PREFIX}.\1"),
    ):
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text


def absolute_imports(path: Path) -> list[str]:
    """Return the imports in ``path`` that would reach a package of the system's."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module or ""]
        found += [f"{path}:{node.lineno} {m}" for m in modules if m.partition(".")[0] in NAMES]
    return found


if __name__ == "__main__":
    print(ensure())
