"""A person at a browser, as far as the plugin can see: an address is opened, an answer comes."""

from __future__ import annotations

import threading
from typing import Callable, Optional
from urllib.parse import parse_qs, urlsplit

import requests

from demo.portal.visitor import Page, Visitor


class PersonAtBrowser:
    """Signs in with real forms over HTTP and brings the answer back, in a thread of its own.

    Call it with the address, as the plugin calls the system's browser. ``steps`` replaces what
    the person does; it gets the visitor and the address, and returns where they ended.
    """

    def __init__(
        self,
        visitor: Visitor,
        username: str = "demo",
        password: Optional[str] = "demo",
        capacity: str = "",
        steps: Optional[Callable[[Visitor, str], Page]] = None,
    ) -> None:
        self.visitor = visitor
        self.urls: list[str] = []
        self.page: Optional[Page] = None
        self.answered: Optional[int] = None
        self.trouble: Optional[BaseException] = None
        self._who = (username, password, capacity)
        self._steps = steps
        self._thread: Optional[threading.Thread] = None

    def __call__(self, url: str) -> bool:
        self.urls.append(url)
        self._thread = threading.Thread(target=self._browse, args=(url,), daemon=True)
        self._thread.start()
        return True

    def leave(self) -> None:
        """Wait until the person has done, and tell what went wrong for them."""
        if self._thread is not None:
            self._thread.join(20)
        if self.trouble is not None:
            raise self.trouble

    def _browse(self, url: str) -> None:
        try:
            walk = self._steps or (lambda visitor, url: visitor.sign_in(url, *self._who))
            self.page = walk(self.visitor, url)
            if self.page.left_the_portal:
                self.answered = self.visitor.deliver(self.page)
        except requests.ConnectionError:
            self.answered = 0  # nobody listens any more
        except BaseException as trouble:  # noqa: BLE001 (told by ``leave``)
            self.trouble = trouble


def cancels(visitor: Visitor, url: str) -> Page:
    """Press the form's cancel button."""
    return visitor.submit(visitor.open(url).form("kc-form-login"), "cancel")


def types_wrong_first(visitor: Visitor, url: str) -> Page:
    form = visitor.open(url).form("kc-form-login")
    page = visitor.submit(form, "login", username="demo", password="wrong")
    return visitor.submit(page.form("kc-form-login"), "login", username="demo", password="demo")


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, True).items()}


def port_of(url: str) -> int:
    """Return the port that an authorization request names to come back to."""
    return urlsplit(query(url)["redirect_uri"]).port or 0


def is_open(port: int) -> bool:
    try:
        requests.get(f"http://127.0.0.1:{port}/", timeout=1)
    except requests.ConnectionError:
        return False
    return True
