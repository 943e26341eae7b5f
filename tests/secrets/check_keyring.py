"""What a real GNOME keyring makes of the store; run by test_token_store.py, in a bus of its own."""

from __future__ import annotations

import secretstorage

from biodiv_plugin.auth import token_store
from biodiv_plugin.auth.token_store import KEYRING, StoredToken, TokenStore

pytest_plugins = ("tests.qgis.sign_in.conftest",)
ISSUER = "https://sso.test/realms/vbp"
TOKEN = StoredToken("R" * 700, "8f3c", "Hilde \u0141")


def new_store(path, issuer=ISSUER, client_id="vbp-qgis"):
    return TokenStore(issuer, client_id, path)


def collection():
    return secretstorage.get_default_collection(secretstorage.dbus_init())


def test_it_is_the_secret_service():
    assert type(token_store._backend()).__module__.endswith("backends.SecretService")


def test_a_round_trip(tmp_path):
    store = new_store(tmp_path)
    assert store.load() is None
    assert store.save(TOKEN).where == KEYRING
    assert new_store(tmp_path).load() == TOKEN
    assert store.save(StoredToken("S" * 60_000, "8f3c", "")).where == KEYRING
    assert new_store(tmp_path).load().refresh_token == "S" * 60_000
    assert store.delete() and store.delete()
    assert new_store(tmp_path).load() is None


def test_entries_do_not_meet(tmp_path):
    stores = [
        new_store(tmp_path / "a"),
        new_store(tmp_path / "b"),
        new_store(tmp_path / "a", issuer="https://other.test"),
        new_store(tmp_path / "a", client_id="other"),
    ]
    for number, store in enumerate(stores):
        store.save(StoredToken(f"R{number}", "1", ""))
    assert [store.load().refresh_token for store in stores] == ["R0", "R1", "R2", "R3"]
    assert stores[0].delete()
    assert [store.load() is None for store in stores] == [True, False, False, False]


def test_a_sign_in_outlives_the_session(new_desk):
    account = (first := new_desk()).sign_in(remember=True)
    assert (first.session.kept, first.session.kept_reason) == ("keyring", "")
    first.close()
    second = new_desk()
    assert second.restore() == account
    assert second.session.kept == "keyring"
    assert second.sign_out().forgotten
    assert new_desk().restore() is None


def test_d21_a_locked_keyring_without_anybody_to_ask(tmp_path):
    store = new_store(tmp_path)
    store.save(TOKEN)
    collection().lock()
    assert store.load() is None
    kept = store.save(TOKEN)
    assert (kept.where, kept.reason) == ("session", "locked")
    assert not store.delete()
