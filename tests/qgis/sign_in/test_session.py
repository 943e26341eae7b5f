"""The session: who is signed in, for how long, and what renews it."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import QObject, QThread

from biodiv_plugin.auth import session as module
from biodiv_plugin.auth.session import AuthSession, AuthState
from tests.qgis.doubles import SOMEBODY, InTask, environment, spin, spin_until, token_set


@pytest.fixture()
def bare(qgis_app):
    """A session that cannot renew."""
    session = AuthSession(environment(), None, None)
    yield session
    session.close()


class Listener(QObject):
    """Hears of changes, as a dock does."""

    def __init__(self, session):
        super().__init__()
        self.states, self.threads = [], []
        session.changed.connect(self.hear)

    def hear(self, state):
        self.states.append(state)
        self.threads.append(QThread.currentThread() == self.thread())


def test_the_states(bare):
    listener = Listener(bare)
    assert bare.state is AuthState.SIGNED_OUT and bare.label == "0" and bare.kept == ""
    bare.begin()
    bare.abandon()
    bare.abandon()
    bare.begin()
    bare.adopt(token_set(), SOMEBODY, "keyring")
    assert bare.account == SOMEBODY and bare.kept == "keyring" and bare.label != "0"
    bare.abandon()
    bare.drop()
    bare.drop()
    assert (bare.tokens, bare.account, bare.kept, bare.label) == (None, None, "", "0")
    out, begun, signed_in = AuthState.SIGNED_OUT, AuthState.SIGNING_IN, AuthState.SIGNED_IN
    assert listener.states == [begun, out, begun, signed_in, out]


def test_it_tells_when_another_person_comes_and_when_nobody_is_left(bare):
    heard = []
    bare.person_changed.connect(heard.append)
    bare.drop()
    bare.adopt(token_set(), SOMEBODY, "session")
    bare.begin()
    bare.adopt(token_set(), SOMEBODY, "keyring")  # signed in anew
    other = replace(SOMEBODY, roles=("DATA_HIGHRES",))  # another capacity of the same person
    bare.adopt(token_set(), other, "session")
    bare.drop("expired")
    bare.drop()
    assert heard == [SOMEBODY, other, None]


def test_changes_in_a_worker_are_heard_in_the_main_thread(bare):
    listener = Listener(bare)

    def work(_feedback):
        bare.begin()
        bare.adopt(token_set(), SOMEBODY, "session")
        bare.drop("expired")

    InTask(work).start().wait()
    spin_until(lambda: len(listener.states) == 3)
    assert all(listener.threads)


def test_a_session_made_in_a_worker_lives_in_the_main_thread(qgis_app):
    session = InTask(lambda _: AuthSession(environment(), None, None)).start().wait()
    assert session.thread() == qgis_app.thread()
    due = []
    session.renewal_due.connect(lambda: due.append(1))
    session.adopt(token_set(life=0.2), SOMEBODY, "session")
    spin_until(lambda: due)
    session.close()


def test_a_renewal_is_due_before_the_end(bare):
    due, waits = [], []
    bare.renewal_due.connect(lambda: due.append(time.monotonic()))
    for _ in range(3):  # of a busy machine the best one counts
        due.clear()
        start = time.monotonic()
        bare.adopt(token_set(life=1.0), SOMEBODY, "session")
        spin_until(lambda: due)
        waits.append(due[0] - start)
        if waits[-1] < 1.0:
            break
    assert 0.85 < min(waits) < 1.0


def test_a_renewal_is_due_after_a_sleep(bare, clock, monkeypatch):
    monkeypatch.setattr(module, "_LOOK", 0.1)
    due = []
    bare.renewal_due.connect(lambda: due.append(1))
    bare.adopt(token_set(), SOMEBODY, "session")
    spin(0.3)
    assert not due
    clock.forward(3600)  # the machine slept; a timer of minutes would still wait
    spin_until(lambda: due)
    assert not bare.tokens.serves()


def test_a_renewal_that_nobody_made_is_asked_for_again(bare, monkeypatch):
    monkeypatch.setattr(module, "_AGAIN", 0.1)
    due = []
    bare.renewal_due.connect(lambda: due.append(1))
    bare.adopt(token_set(life=0), SOMEBODY, "session")
    spin_until(lambda: len(due) > 2)
    bare.drop()
    spin(0.05)
    due.clear()
    spin(0.3)
    assert not due


def test_closing_ends_it_silently(bare):
    listener = Listener(bare)
    bare.adopt(token_set(life=0.1), SOMEBODY, "session")
    bare.close()
    due = []
    bare.renewal_due.connect(lambda: due.append(1))
    spin(0.3)
    assert bare.tokens is None and not due and listener.states == [AuthState.SIGNED_IN]


def test_many_threads_may_change_it(bare):
    """States stay true whatever the order; no dead lock."""
    stop = threading.Event()

    def change():
        while not stop.is_set():
            bare.adopt(token_set(), SOMEBODY, "session")
            bare.drop()

    threads = [threading.Thread(target=change) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(2000):
        tokens, label = bare.tokens, bare.label
        assert tokens is None or tokens.access_token == "SENTINEL"
        assert label
    stop.set()
    for thread in threads:
        thread.join(5)
    assert not [thread for thread in threads if thread.is_alive()]
