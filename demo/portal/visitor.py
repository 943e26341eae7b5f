"""A browser without a window: follows redirects, fills in forms, keeps cookies.

It walks through the demo portal's sign-in the way a person does, so a sign-in can be tried where no
display is. What leaves the portal (the client's loopback address) is the end of the walk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Optional
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

import requests

_MOST_STEPS = 20
_WRONG = re.compile('id="input-error(?!-container)')  # what was typed is not accepted
_LEADS = re.compile("location\\.href='([^']*)'")  # a button that is a link
# What Keycloak calls a page, for the forms of it that have no name of their own.
_FORMS = {
    "login-login-oauth-grant": "kc-oauth",
    "login-logout-confirm": "kc-logout-confirm",
}


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends unless changed."""

    id: str
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Where the visitor is. ``status`` is 0 for an address outside of the portal, not visited."""

    url: str
    status: int = 0
    text: str = ""
    forms: tuple[Form, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    asks_again: str = ""  # who is signed in, and whose password is wanted once more

    @property
    def left_the_portal(self) -> bool:
        return self.status == 0

    def asks_of_another(self, username: str) -> bool:
        """Return whether somebody else is signed in; Keycloak shows a login hint there as well."""
        shown = self.asks_again
        return shown not in ("", username) and not shown.startswith("eyJ")

    def form(self, form_id: str) -> Form:
        return next(form for form in self.forms if form.id == form_id)

    def has_form(self, form_id: str) -> bool:
        return any(form.id == form_id for form in self.forms)


class Visitor:
    """One browser; ``portal``, and ``also``, are the addresses that it does not leave."""

    def __init__(self, portal: str, *also: str) -> None:
        self.portal = portal
        self._home = tuple(f"{address}/" for address in (portal, *also))
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept"] = "text/html"
        self.session.cookies.set_policy(_LoopbackIsSecure())

    def open(self, url: str) -> Page:
        """Go to ``url``, and on where redirects lead."""
        return self._walk("GET", url, None)

    def submit(self, form: Form, button: str = "", **values: str) -> Page:
        """Send ``form`` with ``values``, pressed by ``button``."""
        data = {**form.fields, **values, **({button: "1"} if button else {})}
        return self._walk(form.method, form.action, data)

    def sign_in(
        self, url: str, username: str, password: Optional[str] = None, capacity: str = ""
    ) -> Page:
        """Open ``url`` and answer what is asked, until the client's address or a dead end.

        Without ``password`` the person comes by ACM/IDM, and for ``capacity`` if it is asked.
        """
        page = self.open(url)
        for _ in range(_MOST_STEPS):
            if page.has_form("kc-form-login"):
                if page.asks_of_another(username):
                    page = self.open(page.links["reset-login"])
                    continue
                if password is None and "social-acm-idm" in page.links:
                    page = self.open(page.links["social-acm-idm"])
                    continue
                page = self._type(page.form("kc-form-login"), username, password)
                if _WRONG.search(page.text):
                    return page
            elif page.has_form("acm-person"):
                page = self.submit(page.form("acm-person"), "choose", person=username)
            elif page.has_form("acm-capacity"):
                form = page.form("acm-capacity")
                page = self.submit(form, "choose", **({"capacity": capacity} if capacity else {}))
            elif page.has_form("login-select-organization"):
                form = page.form("login-select-organization")
                chosen = capacity or form.choices["kc.org"][0]
                page = self.submit(form, **{"kc.org": chosen})
            elif page.has_form("kc-logout-confirm"):
                page = self.submit(page.form("kc-logout-confirm"), "confirmLogout")
            elif page.has_form("kc-oauth"):
                page = self.submit(page.form("kc-oauth"), "accept")
            else:
                return page
        raise RuntimeError(f"no end to the sign-in at {page.url}")

    def _type(self, form: Form, username: str, password: Optional[str]) -> Page:
        """Answer what the form asks; where ACM/IDM wants a password it is the name."""
        answers = {"username": username, "password": username if password is None else password}
        return self.submit(form, "login", **{k: v for k, v in answers.items() if k in form.fields})

    def deliver(self, page: Page) -> int:
        """Visit the client's address that a sign-in ended at; return the status it answered."""
        answer = self.session.get(page.url, timeout=10, allow_redirects=False)
        return int(answer.status_code)

    def _led_on(self, url: str) -> Optional[str]:
        """Return where a client sends a browser that it has had signed out, if anywhere."""
        if urlsplit(url).path != "/logged-out":
            return None
        try:
            answer = self.session.get(url, timeout=10, allow_redirects=False)
        except requests.ConnectionError:
            return None  # nobody listens
        return answer.headers.get("Location")

    def _walk(self, method: str, url: str, data: Optional[dict[str, str]]) -> Page:
        for _ in range(_MOST_STEPS):
            if not url.startswith(self._home):
                onward = self._led_on(url)
                if onward is None:
                    return Page(url)
                method, url, data = "GET", onward, None
            response = self.session.request(
                method, url, data=data, timeout=30, allow_redirects=False
            )
            location = response.headers.get("Location")
            if location is None or not 300 <= response.status_code < 400:
                return _read(response)
            method, url, data = "GET", urljoin(url, location), None
        raise RuntimeError(f"no end to the redirects at {urlsplit(url).path}")


class _LoopbackIsSecure(DefaultCookiePolicy):
    """To a browser http on the loopback is as secure as https; a real Keycloak counts on that."""

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        cookie.secure = False
        return super().set_ok(cookie, request)


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.page = self.asks_again = ""
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.url, given.get("action", ""))
            name = given.get("id") or _FORMS.get(self.page, self.page)
            self.forms.append(Form(name, action, given.get("method", "get").upper()))
        elif tag == "body":
            self.page = given.get("data-page-id", "")
        elif tag == "a" and "id" in given:
            self.links[given["id"]] = urljoin(self.url, given.get("href", ""))
        elif tag == "button" and (leads := _LEADS.match(given.get("onclick", ""))):
            self.links[given.get("id", "")] = urljoin(self.url, leads[1])
        elif given.get("id") == "kc-attempted-username":
            self.asks_again = given.get("value", "")
        elif tag in ("input", "button") and self.forms and given.get("name"):
            self._read_input(tag, given)

    def _read_input(self, tag: str, given: dict[str, str]) -> None:
        form, name, value = self.forms[-1], given["name"], given.get("value", "")
        if tag == "button" or given.get("type") == "submit":  # sent by who presses it
            form.choices.setdefault(name, []).append(value)
        elif given.get("type") == "radio":
            form.choices.setdefault(name, []).append(value)
            if "checked" in given:
                form.fields[name] = value
        else:
            form.fields[name] = value


def _read(response: requests.Response) -> Page:
    reader = _Reader(response.url)
    if "html" in response.headers.get("Content-Type", ""):
        reader.feed(response.text)
    return Page(
        response.url,
        response.status_code,
        response.text,
        tuple(reader.forms),
        reader.links,
        reader.asks_again,
    )
