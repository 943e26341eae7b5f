"""The parts of a sign-in, put together as the plugin's services do, against a demo portal."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Callable, Optional

from qgis.core import QgsFeedback

from biodiv_plugin.auth import token_store, tokens
from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.bearer import BearerInjector, default_rules
from biodiv_plugin.auth.session import AuthSession, AuthState
from biodiv_plugin.auth.token_store import TokenStore
from biodiv_plugin.network import QgisTransport
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.use_cases.restore_sign_in import restore_sign_in
from biodiv_plugin.use_cases.sign_in import SignInOptions, sign_in, sign_in_by_device
from biodiv_plugin.use_cases.sign_out import SignedOut, sign_out
from demo.portal.running import RunningPortal
from tests.qgis.doubles import InTask, environment
from tests.qgis.sign_in.browser import PersonAtBrowser, is_open, port_of


class Desk:
    """One QGIS window. Two of them with one ``profile`` share what is kept."""

    def __init__(self, portal: RunningPortal, profile: Path) -> None:
        self.portal, self.control = portal, portal.control
        self.environment = environment(portal.url, portal.issuer)
        self.transport = QgisTransport()
        self.store = TokenStore(portal.issuer, "vbp-qgis", profile)
        self.session = AuthSession(self.environment, self.transport, self.store)
        self.as_user = QgisTransport(
            prepare=lambda _request, feedback: self.session.ensure_fresh(feedback),
            on_unauthorized=self.session.refused,
        )
        self.bearer = BearerInjector(default_rules(self.environment), self.session)
        self.visitor = portal.visitor()
        self.lost: list[str] = []
        self.session.lost.connect(self.lost.append)

    def close(self) -> None:
        self.bearer.remove()
        self.session.close()

    def start_sign_in(
        self,
        browser: Optional[Callable[[str], bool]] = None,
        on_url: Optional[Callable[[str], object]] = None,
        **options: Any,
    ) -> InTask:
        browser = browser or PersonAtBrowser(self.visitor)
        chosen = SignInOptions(**{"hint": "", "timeout": 10, **options})
        return InTask(
            lambda feedback: sign_in(
                self.environment,
                self.session,
                self.transport,
                self.store,
                browser,
                chosen,
                feedback,
                on_url,
            )
        ).start()

    def sign_in(self, browser: Optional[Callable[[str], bool]] = None, **options: Any) -> Account:
        account = self.start_sign_in(browser, **options).wait()
        if isinstance(browser, PersonAtBrowser):
            browser.leave()
        return account

    def fails(self, browser: Optional[Callable[[str], bool]] = None, **options: Any) -> PortalError:
        """Sign in, and return the failure; nothing of the attempt may be left."""
        urls: list[str] = []
        try:
            self.start_sign_in(browser, on_url=urls.append, **options).wait()
        except PortalError as failure:
            assert self.session.state is AuthState.SIGNED_OUT
            assert self.session.tokens is None
            assert not [url for url in urls if is_open(port_of(url))]
            return failure
        raise AssertionError("the sign-in succeeded")

    def start_sign_in_by_device(self, show_code: Callable[..., object], **options: Any) -> InTask:
        return InTask(
            lambda feedback: sign_in_by_device(
                self.environment,
                self.session,
                self.transport,
                self.store,
                show_code,
                SignInOptions(**options),
                feedback,
            )
        ).start()

    def sign_out(self) -> SignedOut:
        return self.run(
            lambda feedback: sign_out(
                self.session, self.store, self.transport, self.environment, feedback
            )
        )

    def restore(self) -> Optional[Account]:
        return self.run(
            lambda feedback: restore_sign_in(
                self.environment, self.session, self.transport, self.store, feedback
            )
        )

    def renew(self) -> None:
        self.run(self.session.ensure_fresh)

    def run(self, work: Callable[[QgsFeedback], Any]) -> Any:
        return InTask(work).start().wait()

    def asked(self, endpoint: str, method: str = "POST") -> list[dict[str, Any]]:
        """Return the requests that reached an endpoint of the provider."""
        path = f"/realms/vbp/protocol/openid-connect/{endpoint}"
        return [one for one in self.control.requests(path) if one["method"] == method]


class Clock:
    """Moves the clock of the tokens, and the portal's along."""

    def __init__(self, monkeypatch: Any) -> None:
        self._ahead = 0.0
        shown = SimpleNamespace(monotonic=lambda: time.monotonic() + self._ahead)
        monkeypatch.setattr(tokens, "_CLOCK", None)
        monkeypatch.setattr(tokens, "time", shown)

    def forward(self, seconds: float, *desks: Desk) -> None:
        self._ahead += seconds
        for desk in desks:
            desk.control.forward(seconds)


class MemoryKeyring:
    """A keyring backend that keeps nothing beyond the test; see tests/secrets for a real one."""

    viable = True

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.log: list[str] = []

    def get_password(self, service: str, user: str) -> Optional[str]:
        self.log.append("get")
        return self.entries.get((service, user))

    def set_password(self, service: str, user: str, text: str) -> None:
        self.log.append("set")
        self.entries[service, user] = text

    def delete_password(self, service: str, user: str) -> None:
        self.log.append("delete")
        del self.entries[service, user]

    def use(self, monkeypatch: Any) -> MemoryKeyring:
        monkeypatch.setattr(token_store, "_backend", lambda: self)
        return self
