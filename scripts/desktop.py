"""A desktop session for one run of QGIS: display, session bus, unlocked keyring, home, profile.

Nothing of the user's own is read or written. Where there is no display, Xvfb and openbox stand in
for one; the keyring is a real gnome-keyring, so a token goes where it goes on a real desktop.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Iterator, Mapping, Optional, Sequence

SIZE = (1600, 1000)
# As a first start would leave it, without questions, news and update checks.
INI = """\
[PythonPlugins]
{plugin}={enabled}
processing=true
MetaSearch=false
db_manager=false
grassprovider=false
otbprovider=false

[locale]
overrideFlag=true
userLocale={locale}
globalLocale={locale}

[migration]
firstRunVersionFlag=99999
settings=true

[qgis]
checkVersion=false
showTips340=false
showTips344=false
askToSaveProjectChanges=false
projOpenAtLaunch=0
enableMacros=Never

[app]
askToSaveMemoryLayers=false
projections\\unknownCrsBehavior=NoAction
projections\\newProjectCrsBehavior=UsePresetCrs
projections\\defaultProjectCrs=EPSG:31370

[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true

[UI]
allowVersionChecks=false
UITheme={theme}

[auth]
use_password_helper=false
generate-random-password-for-keychain=false

[plugin-manager]
automatically-check-for-updates=false
"""


class DesktopError(RuntimeError):
    """The session could not be started; the message says which part."""


@dataclass
class Desktop:
    """A running session. ``environment`` is what its programs get, and nothing else."""

    folder: Path
    environment: dict[str, str]
    own_display: bool
    profiles: Path = field(init=False)

    def __post_init__(self) -> None:
        self.profiles = self.folder / "profiles"

    def make_profile(
        self, name: str, plugin: Optional[Path], *, locale: str = "nl", theme: str = "default"
    ) -> Path:
        """Make a QGIS profile with ``plugin``, a folder or None, installed and enabled."""
        profile = self.profiles / "profiles" / name
        (profile / "QGIS").mkdir(parents=True)
        (profile / "python" / "plugins").mkdir(parents=True)
        if plugin is not None:
            (profile / "python" / "plugins" / plugin.name).symlink_to(plugin)
        settings = INI.format(
            plugin=plugin.name if plugin else "none",
            enabled=str(plugin is not None).lower(),
            locale=locale,
            theme=theme,
        )
        (profile / "QGIS" / "QGIS3.ini").write_text(settings, encoding="utf-8")
        return profile

    def start_qgis(
        self,
        profile: str,
        arguments: Sequence[str] = (),
        *,
        log: IO[bytes],
        environment: Optional[Mapping[str, str]] = None,
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                *("qgis", "--profiles-path", str(self.profiles), "--profile", profile),
                *("--nologo", "--noversioncheck", *arguments),
            ],
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def desktop(*, window: bool = False, size: tuple[int, int] = SIZE) -> Iterator[Desktop]:
    """Start a session and end it, with all its processes and files.

    With ``window`` the user's own display is taken where there is one. Raises ``DesktopError``.
    """
    with ExitStack() as stack:
        # Short, since sockets lie in it and their paths are limited to about a hundred letters.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="biodiv-")))
        stack.callback(_end_leftovers, folder)  # runs last, before the folder goes
        environment = _environment(folder)
        display = {key: os.environ[key] for key in DISPLAYS if os.environ.get(key)}
        if window and display:
            environment.update(display)
        else:
            environment.update(_own_display(stack, environment, size))
        environment.update(_session_bus(stack, environment))
        _keyring(environment)
        yield Desktop(folder, environment, own_display=not (window and display))


DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")
KEPT = ("PATH", "LANG", "TZ", "TMPDIR", "PROJ_DATA", "GDAL_DATA", "LD_LIBRARY_PATH")


def _environment(folder: Path) -> dict[str, str]:
    environment = {key: os.environ[key] for key in KEPT if key in os.environ}
    for key, name in {
        "HOME": "home",
        "XDG_RUNTIME_DIR": "run",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_DATA_HOME": "home/.local/share",
    }.items():
        place = folder / name
        place.mkdir(parents=True, mode=0o700)
        environment[key] = str(place)
    (folder / "home/.local/share/keyrings").mkdir()
    environment.setdefault("LANG", "C.UTF-8")
    environment["NO_AT_BRIDGE"] = "1"  # else GTK and Qt look for an accessibility bus
    return environment


def _own_display(
    stack: ExitStack, environment: Mapping[str, str], size: tuple[int, int]
) -> dict[str, str]:
    read, write = os.pipe()
    screen = f"{size[0]}x{size[1]}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp"]
    _start(stack, command, environment, pass_fds=(write,))
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise DesktopError("Xvfb gave no display.")
    display = {
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "LIBGL_ALWAYS_SOFTWARE": "1",
    }
    _start(stack, ["openbox", "--sm-disable"], {**environment, **display})
    return display


def _session_bus(stack: ExitStack, environment: Mapping[str, str]) -> dict[str, str]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    process = _start(stack, command, environment, stdout=subprocess.PIPE)
    if process.stdout is None:
        raise DesktopError("The session bus has no output.")
    address = process.stdout.readline().decode().strip()
    if not address:
        raise DesktopError("The session bus gave no address.")
    return {"DBUS_SESSION_BUS_ADDRESS": address}


def _keyring(environment: Mapping[str, str]) -> None:
    """Start gnome-keyring, unlocked, as a desktop does at the log-in. It ends with the bus."""
    command = [_program("gnome-keyring-daemon"), "--unlock", "--components=secrets"]
    subprocess.run(  # the input is the password of the new keyring
        command, env=environment, input=b"\n", capture_output=True, check=True, timeout=20
    )
    question = [
        *("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets"),
        "/org/freedesktop/secrets/aliases/default",
        "org.freedesktop.DBus.Properties.Get",
        "string:org.freedesktop.Secret.Collection",
        "string:Locked",
    ]
    for _ in range(100):
        answer = subprocess.run(question, env=environment, capture_output=True, check=False)
        if b"boolean false" in answer.stdout:
            return
        time.sleep(0.1)
    raise DesktopError("gnome-keyring did not unlock its keyring.")


def _start(
    stack: ExitStack, command: list[str], environment: Mapping[str, str], **options: object
) -> subprocess.Popen[bytes]:
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    process: subprocess.Popen[bytes] = subprocess.Popen(
        [_program(command[0]), *command[1:]], env=dict(environment), **{**streams, **options}
    )
    stack.callback(_end, process)
    return process


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DesktopError(f"{name} is missing: scripts/setup installs it.")
    return found


def _end_leftovers(folder: Path) -> None:
    """End what the session's bus started and did not end, such as a second keyring."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                os.kill(int(process.name), signal.SIGTERM)
        except OSError:  # it has ended meanwhile, or is not ours to look at
            continue


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


if __name__ == "__main__":
    with desktop() as session:
        sys.exit(subprocess.run(sys.argv[1:], env=session.environment, check=False).returncode)
