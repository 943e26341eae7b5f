"""Where the refresh token outlives the session, and what comes of keyrings in trouble."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QLockFile

from biodiv_plugin.auth import packages, token_store
from biodiv_plugin.auth.token_store import KEYRING, SESSION, Kept, StoredToken, TokenStore
from biodiv_plugin.portal.errors import Canceled, SignInFailed
from tests.qgis.sign_in.desk import MemoryKeyring

ISSUER = "https://sso.test/realms/vbp"
TOKEN = StoredToken("SENTINEL", "8f3c", "Hilde")
ROOT = Path(__file__).parents[3]


@pytest.fixture()
def store(tmp_path):
    return TokenStore(ISSUER, "vbp-qgis", tmp_path)


def use(monkeypatch, backend):
    monkeypatch.setattr(token_store, "_backend", lambda: backend)
    return backend


def test_what_is_kept(store, keyring):
    assert store.load() is None
    assert store.save(TOKEN) == Kept(KEYRING)
    assert keyring.log[-2:] == ["set", "get"]  # read back
    assert store.load() == TOKEN
    ((service, user), text) = next(iter(keyring.entries.items()))
    assert service == f"vbp-qgis:{ISSUER}" and user.startswith("vbp-qgis:")
    assert set(json.loads(text)) == {"v", "rt", "sub", "name", "iss", "client"}
    assert store.delete() and store.delete()
    assert keyring.entries == {}


def test_d11_no_repr_shows_it(store):
    assert "SENTINEL" not in f"{TOKEN!r} {store!r} {Kept(KEYRING)!r}"
    assert "Hilde" not in repr(TOKEN)


def test_each_profile_has_its_own(keyring, tmp_path):
    one, other = (TokenStore(ISSUER, "vbp-qgis", tmp_path / name) for name in "ab")
    one.save(TOKEN)
    assert other.load() is None and one.user != other.user
    assert str(tmp_path) not in one.user


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"v": 1}', '{"v": 2}'])
def test_nonsense_is_no_entry(store, keyring, text):
    keyring.entries[store.service, store.user] = text
    assert store.load() is None


@pytest.mark.parametrize("change", [{"iss": "https://evil.example"}, {"client": "other"}, {"v": 9}])
def test_d22_another_issuer_s_or_client_s_is_ignored(store, keyring, change):
    store.save(TOKEN)
    key = (store.service, store.user)
    keyring.entries[key] = json.dumps({**json.loads(keyring.entries[key]), **change})
    assert store.load() is None


# Keyrings in trouble


class Trouble(MemoryKeyring):
    def __init__(self, error=None, at=("get", "set", "delete")):
        super().__init__()
        self.error, self.at = error, at

    def raise_at(self, what):
        if self.error is not None and what in self.at:
            self.log.append(what)
            raise self.error

    def get_password(self, *key):
        self.raise_at("get")
        return super().get_password(*key)

    def set_password(self, *entry):
        self.raise_at("set")
        super().set_password(*entry)

    def delete_password(self, *key):
        self.raise_at("delete")
        super().delete_password(*key)


class KeyringLocked(Exception):
    """Bears the name of keyring's own, which may be the vendored package's."""


class Denied(Exception):
    """As the macOS keychain says it."""


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyringLocked("SENTINEL"), "locked"),
        (Denied(-128, "SENTINEL"), "failed"),
        (OSError(1783, "CredWrite", "The stub received bad data"), "failed"),
        (RuntimeError("SENTINEL"), "failed"),
        (SystemExit(), "failed"),
        (KeyboardInterrupt(), "failed"),
    ],
)
@pytest.mark.parametrize("at", ["get", "set"])
def test_d21_any_trouble_means_this_session_only(store, monkeypatch, caplog, error, reason, at):
    use(monkeypatch, Trouble(error, (at,)))
    assert store.save(TOKEN) == Kept(SESSION, reason)
    assert "SENTINEL" not in caplog.text


def test_d21_once_in_trouble_the_user_is_not_asked_again(store, monkeypatch):
    backend = use(monkeypatch, Trouble(KeyringLocked()))
    for _ in range(5):
        assert store.load() is None
        assert store.save(TOKEN).reason == "locked"
        assert not store.delete()
    assert backend.log == ["get"]
    backend.error = None
    store.try_again()
    assert store.save(TOKEN) == Kept(KEYRING)


def test_d21_a_keyring_that_keeps_nothing(store, monkeypatch):
    backend = use(monkeypatch, MemoryKeyring())
    backend.set_password = lambda *_: None  # keyring.backends.null
    assert store.save(TOKEN) == Kept(SESSION, "not_kept")


@pytest.mark.parametrize(("length", "where"), [(900, KEYRING), (1300, SESSION)])
def test_d21_windows_has_room_for_1200_letters(store, monkeypatch, length, where):
    class WinVaultKeyring(MemoryKeyring):
        persist = None

    WinVaultKeyring.__module__ = "keyring.backends.Windows"
    backend = use(monkeypatch, WinVaultKeyring())
    kept = store.save(StoredToken("R" * length, "8f3c", "Hilde"))
    assert kept == Kept(where, "" if where == KEYRING else "too_long")
    assert bool(backend.entries) == (where == KEYRING)
    if where == KEYRING:
        assert backend.persist == "local machine"  # else it roams with the domain profile
    assert store.save(TOKEN) == Kept(KEYRING)  # and a shorter one may still be kept


def test_elsewhere_a_long_one_is_no_matter(store, keyring):
    assert store.save(StoredToken("R" * 5000, "8f3c", "")) == Kept(KEYRING)


@pytest.mark.parametrize("call", ["load", "save", "delete"])
def test_d21_a_keyring_that_hangs_is_left_behind(store, monkeypatch, call):
    release = threading.Event()
    backend = use(monkeypatch, MemoryKeyring())
    backend.get_password = lambda *_: release.wait(20)
    monkeypatch.setattr(token_store, "LIMIT", 0.2)
    start = time.monotonic()
    outcome = store.save(TOKEN) if call == "save" else getattr(store, call)()
    assert time.monotonic() - start < 10
    expected = {"load": None, "save": Kept(SESSION, "too_slow"), "delete": False}
    assert outcome == expected[call]
    monkeypatch.setattr(token_store, "LIMIT", 20)
    again = time.monotonic()
    store.load()
    assert time.monotonic() - again < 10  # nor is it waited for at the next call
    release.set()


def test_d21_what_is_written_too_late_is_taken_back(store, monkeypatch):
    typed = threading.Event()
    backend = use(monkeypatch, MemoryKeyring())
    whole = backend.set_password

    def set_password(*entry):
        typed.wait(10)
        whole(*entry)

    backend.set_password = set_password
    monkeypatch.setattr(token_store, "LIMIT", 0.1)
    assert store.save(TOKEN) == Kept(SESSION, "too_slow")
    typed.set()  # the user typed the keyring's password, after the 20 s
    end = time.monotonic() + 5
    while "delete" not in backend.log and time.monotonic() < end:
        time.sleep(0.01)
    assert backend.entries == {}


# Which keyring


@pytest.fixture()
def no_desktop(monkeypatch, tmp_path):
    """As on a server: no session bus, no configuration."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def test_d21_without_a_desktop(store, no_desktop):
    assert store.save(TOKEN) == Kept(SESSION, "no_backend")
    assert store.load() is None
    assert store.delete()  # nothing was ever kept


PLAIN = """
from pathlib import Path
class PlaintextKeyring:
    viable, priority = True, 99
    def __init__(self): Path(__file__).with_name("used").touch()
"""


@pytest.mark.parametrize("configured", [True, False])
def test_d21_a_plain_text_keyring_is_never_used(
    store, no_desktop, monkeypatch, tmp_path, configured
):
    folder = tmp_path / "keyrings" / "alt"
    folder.mkdir(parents=True)
    (folder / "file.py").write_text(PLAIN)
    monkeypatch.syspath_prepend(str(tmp_path))
    if configured:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    assert store.save(TOKEN) == Kept(SESSION, "no_backend")
    assert not (folder / "used").exists() and "keyrings.alt.file" not in sys.modules


@pytest.mark.parametrize("name", ["no.such.Backend", "broken", "keyring.backends.SecretService.X"])
def test_d21_a_broken_configuration_does_no_harm(store, no_desktop, monkeypatch, name):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    assert store.save(TOKEN) == Kept(SESSION, "no_backend")


@pytest.mark.parametrize("where", ["environment", "file"])
@pytest.mark.parametrize("name", ["null", "fail"])
def test_d21_an_administrator_may_switch_it_off(
    store, no_desktop, keyring_used, monkeypatch, where, name
):
    backend = f"keyring.backends.{name}.Keyring"
    if where == "environment":
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    else:
        folder = Path(packages.keyring_part("util.platform_").config_root())
        folder.mkdir(parents=True)
        (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={backend}\n")
    assert store.save(TOKEN) == Kept(SESSION, "switched_off")
    assert store.delete()
    assert keyring_used.entries == {}


@pytest.fixture()
def keyring_used(monkeypatch):
    """A viable backend on the list, which the machine would use unless told otherwise."""
    backend = MemoryKeyring()

    class Keyring:
        viable = True

        def __new__(cls):
            return backend

    secret_service = packages.keyring_part("backends.SecretService")
    monkeypatch.setattr(secret_service, "Keyring", Keyring)
    return backend


def test_the_first_viable_one_is_used(store, no_desktop, keyring_used):
    assert store.save(TOKEN) == Kept(KEYRING)
    assert store.load() == TOKEN


def test_without_the_package_there_is_no_keyring(store, monkeypatch):
    def missing(name):
        raise SignInFailed("keyring", code="no_packages")

    monkeypatch.setattr(packages, "keyring_part", missing)
    assert store.save(TOKEN) == Kept(SESSION, "no_backend")


# Windows that share it


def test_a_lock_keeps_others_out(store, tmp_path):
    order = []

    def other():
        with TokenStore(ISSUER, "vbp-qgis", tmp_path).locked():
            order.append("other")

    thread = threading.Thread(target=other)
    with store.locked():
        thread.start()
        time.sleep(0.3)
        order.append("first")
    thread.join(5)
    assert order == ["first", "other"]
    assert not list(tmp_path.glob("*.lock"))


def test_the_wait_for_a_lock_can_be_canceled(store, tmp_path):
    feedback = QgsFeedback()
    feedback.cancel()
    with store.locked():
        other = TokenStore(ISSUER, "vbp-qgis", tmp_path)
        with pytest.raises(Canceled), other.locked(feedback):
            pass


def test_a_window_that_died_holds_no_lock(store, tmp_path):
    code = (
        "import os, sys\nfrom qgis.PyQt.QtCore import QLockFile\n"
        "lock = QLockFile(sys.argv[1])\nassert lock.tryLock(1000)\nos._exit(0)\n"
    )
    path = str(store._lock_path)
    subprocess.run([sys.executable, "-c", code, path], check=True, timeout=30)
    assert Path(path).exists()
    start = time.monotonic()
    with store.locked():
        assert time.monotonic() - start < 20  # one that lives is waited for up to a minute


def test_a_profile_that_cannot_be_written_to_has_no_lock(tmp_path):
    store = TokenStore(ISSUER, "vbp-qgis", tmp_path / "not" / "there")
    start = time.monotonic()
    with store.locked():
        assert time.monotonic() - start < 20
    assert QLockFile.LockError.LockFailedError is not None


# The real thing


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="no GNOME keyring on this machine",
)
def test_with_a_real_keyring(tmp_path):
    folder = ROOT / "tests" / "secrets"
    command = [
        folder / "with-keyring",
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    environment = {name: value for name, value in os.environ.items() if "DBUS" not in name}
    done = subprocess.run(
        [*map(str, command), str(folder / "check_keyring.py")],
        cwd=ROOT,
        env=environment,
        timeout=90,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "5 passed" in done.stdout
