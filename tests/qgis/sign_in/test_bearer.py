"""The one hook that carries the token: to whom, and above all to whom not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from qgis.PyQt.QtCore import QUrl, QUrlQuery
from qgis.PyQt.QtNetwork import QNetworkRequest

from biodiv_plugin import network
from biodiv_plugin.auth import bearer
from biodiv_plugin.auth.bearer import BearerInjector, BearerRules, default_rules, labeled
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.network import QgisTransport
from biodiv_plugin.network.exchange import AS_USER
from tests.qgis.doubles import SOMEBODY, environment, token_set

PORTAL = environment()
attribute = QNetworkRequest.Attribute


@pytest.fixture()
def session():
    session = AuthSession(PORTAL, QgisTransport(), None)
    session.adopt(token_set(), SOMEBODY, "session")
    yield session
    session.close()


@pytest.fixture()
def injector(session):
    return BearerInjector(default_rules(PORTAL), session)


def sent(injector, url, as_user=None):
    """Return the request as the hook leaves it."""
    request = QNetworkRequest(url if isinstance(url, QUrl) else QUrl(url))
    if as_user is not None:
        request.setAttribute(AS_USER, as_user)
    injector(request)
    return request


def header(injector, url, as_user=None):
    return bytes(sent(injector, url, as_user).rawHeader(b"Authorization"))


RECORDS = "https://portal.test/biocache-service"


@pytest.mark.parametrize(
    "url",
    [
        RECORDS,
        f"{RECORDS}/",
        f"{RECORDS}/ogc/wms/reflect?q=*:*",
        "https://PORTAL.test:443/biocache-service/x",
        f"{RECORDS}/a%2Fb?x=../..",
    ],
)
def test_d13_it_goes_to_the_records(injector, url):
    assert header(injector, url) == b"Bearer SENTINEL"


ELSEWHERE = [
    "http://portal.test/biocache-service/x",
    "https://portal.test:8443/biocache-service/x",
    "https://portal.test.evil.example/biocache-service/x",
    "https://evil.example/biocache-service/x",
    "https://evil-portal.test/biocache-service/x",
    "https://portal.test@evil.example/biocache-service/x",
    "https://user:pw@portal.test/biocache-service/x",
    "https://portal.test\\@evil.example/biocache-service/x",
    "https://evil.example/https://portal.test/biocache-service/x",
    "https://evil.example?https://portal.test/biocache-service/",
    "https://portal.test./biocache-service/x",
    "https://p\u043ertal.test/biocache-service/x",
    "https://portal.test/biocache-services/x",
    "https://portal.test/biocache-service-x",
    "https://portal.test/biocache-service/../collectory/x",
    "https://portal.test/biocache-service/%2e%2e/collectory/x",
    "https://portal.test/biocache-service/%2E./collectory/x",
    "https://portal.test/biocache-service/..%2fx",
    "https://portal.test/biocache-service/x%2f..%2f..%2fy",
    "https://portal.test/biocache-service/x%2F%2e%2E%2Fy",
    "https://portal.test/biocache-service/x\\..\\..\\y",
    "https://portal.test/biocache-service/%5c..%5cx",
    "https://portal.test/BIOCACHE-SERVICE/x",
    "https://portal.test//biocache-service/x",
    "https://portal.test/",
    "https://portal.test",
    "https://sso.test/realms/vbp/protocol/openid-connect/token",
    "ftp://portal.test/biocache-service/x",
    "file:///biocache-service/x",
    "http://[::1",
    "http://a\u2100b/",
    "",
    "data:,x",
    "//portal.test/biocache-service/x",
    "/biocache-service/x",
]


@pytest.mark.parametrize("url", ELSEWHERE)
@pytest.mark.parametrize("as_user", [None, True, False])
def test_d13_and_nowhere_else(injector, url, as_user):
    request = sent(injector, url, as_user)
    assert not request.hasRawHeader(b"Authorization")
    assert request.url() == QUrl(url)


@pytest.mark.parametrize(
    "path", ["spatial-service/tasks", "species-list/ws/speciesList", "alerts/api/x"]
)
def test_d13_elsewhere_in_the_portal_only_where_the_user_is_meant(injector, path):
    url = f"https://portal.test/{path}"
    assert header(injector, url, True) == b"Bearer SENTINEL"
    assert header(injector, url, False) == header(injector, url) == b""


def test_lists_may_lie_elsewhere(session):
    portal = replace(PORTAL, species_list="https://lists.test/species-list")
    injector = BearerInjector(default_rules(portal), session)
    assert header(injector, "https://lists.test/species-list/ws/speciesList", True)
    assert not header(injector, "https://portal.test/species-list/ws/speciesList", True)


@pytest.mark.parametrize(
    "prefix", ["http://portal.test/biocache-service", "", "portal", "ftp://x/"]
)
def test_d13_an_unsafe_rule_covers_nothing(session, prefix):
    injector = BearerInjector(BearerRules(always=(prefix,)), session)
    assert not header(injector, f"{prefix}/x") and not header(injector, prefix)


def test_a_portal_on_this_machine(session):
    injector = BearerInjector(BearerRules(always=("http://127.0.0.1:8765/bs",)), session)
    assert header(injector, "http://127.0.0.1:8765/bs/x")
    assert not header(injector, "http://127.0.0.1:8766/bs/x")
    assert not header(injector, "http://localhost:8765/bs/x")


urls = st.one_of(
    st.text(),
    st.builds(
        lambda *parts: "".join(parts),
        st.sampled_from(["https", "http", "HTTPS", "ftp", "", "https:", "\u0130ttps"]),
        st.sampled_from(["://", ":/", "//", ":", ":\\\\", ":////"]),
        st.sampled_from(["", "user@", "a:b@", "portal.test@", "%40", "@@"]),
        st.sampled_from(
            ["portal.test", "PORTAL.TEST", "portal.test.evil.example", "[::1]", "", "127.0.0.1"]
        ),
        st.sampled_from(["", ":443", ":80", ":", ":99999", ":-1", "."]),
        st.sampled_from(["", "/", "//", "/..", "\\"]),
        st.sampled_from(["", "biocache-service", "biocache-service/", "biocache-service/ogc/wms"]),
        st.text(max_size=12),
        st.sampled_from(["", "?", "?_vbp=x", "?a=%", "?a=b&&_vbp=", "#", "?\u00e9"]),
    ),
)


@given(url=urls, as_user=st.sampled_from([None, True, False]), signed_in=st.booleans())
@example(url="http://[::1", as_user=True, signed_in=True)
@settings(
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_d15_no_address_makes_it_raise_or_err(session, injector, url, as_user, signed_in):
    if signed_in != (session.tokens is not None):
        session.adopt(token_set(), SOMEBODY, "session") if signed_in else session.drop()
    request = QNetworkRequest(QUrl(url))
    if as_user is not None:
        request.setAttribute(AS_USER, as_user)
    before = QUrl(request.url())
    injector._prepare(request)  # not __call__: that one hides an exception
    after = request.url()
    assert after.adjusted(QUrl.UrlFormattingOption.RemoveQuery) == before.adjusted(
        QUrl.UrlFormattingOption.RemoveQuery
    )
    if request.hasRawHeader(b"Authorization"):
        assert signed_in
        assert (after.scheme(), after.host(), after.port(443)) == ("https", "portal.test", 443)
        assert after.userInfo() == ""
        path = after.adjusted(QUrl.UrlFormattingOption.NormalizePathSegments).path()
        assert path.startswith(
            ("/biocache-service", "/spatial-service", "/species-list/ws", "/alerts/api")
        )


@pytest.mark.parametrize("trouble", ["tokens", "label", "request"])
def test_d15_trouble_inside_stays_inside(injector, monkeypatch, trouble):
    def fail(*_):
        raise KeyboardInterrupt

    if trouble == "request":
        injector(None)
    else:
        monkeypatch.setattr(AuthSession, trouble, property(fail))
        assert header(injector, f"{RECORDS}/ogc/x") == b""


def test_d15_a_token_of_odd_letters_is_no_header(session, injector):
    session.adopt(token_set("gehe\u00efm"), SOMEBODY, "session")
    assert header(injector, RECORDS) == b""


def test_d15_it_costs_next_to_nothing(injector):
    import timeit

    foreign = QNetworkRequest(QUrl("https://tile.example.org/1/2/3.png"))
    assert timeit.timeit(lambda: injector(foreign), number=2000) / 2000 < 200e-6


def test_d16_an_expired_token_is_never_sent(session, injector):
    session.adopt(token_set(life=0), SOMEBODY, "session")
    assert header(injector, RECORDS) == b""
    session.drop()
    assert header(injector, RECORDS) == b""


def test_what_goes_with_the_token(injector):
    request = sent(injector, RECORDS)
    manual = QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
    assert request.attribute(attribute.RedirectPolicyAttribute) == manual
    assert request.attribute(attribute.CacheSaveControlAttribute) is False
    network_only = QNetworkRequest.CacheLoadControl.AlwaysNetwork
    assert request.attribute(attribute.CacheLoadControlAttribute) == network_only


def test_without_a_token_a_request_stays_as_it_is(session, injector):
    session.drop()
    request = sent(injector, f"{RECORDS}/occurrences/search?q=a")
    assert request == QNetworkRequest(QUrl(f"{RECORDS}/occurrences/search?q=a"))


# The label


def label_of(url):
    return QUrlQuery(url).allQueryItemValues("_vbp")


@pytest.mark.parametrize(
    "path", ["ogc/wms/reflect", "mapping/wms/reflect", "mapping/wms", "ogc/legend"]
)
def test_d17_pictures_bear_the_label_of_the_sign_in(session, injector, path):
    url = f"{RECORDS}/{path}?BBOX=1%2C2,3&q=a%26b"
    first = label_of(sent(injector, url).url())
    session.drop()
    assert label_of(sent(injector, url).url()) == ["0"]
    session.adopt(token_set("OTHER"), SOMEBODY, "session")
    second = label_of(sent(injector, url).url())
    assert len(first) == len(second) == 1 and first != second
    assert "SENTINEL" not in first[0]


def test_the_label_leaves_the_query_as_it_was():
    url = QUrl("https://x/wms?BBOX=1%2C2,3&q=a%26b+c%20d&_vbp=old&%C3%A9=&flag")
    assert bytes(labeled(url, "1f").toEncoded()).decode() == (
        "https://x/wms?BBOX=1%2C2,3&q=a%26b+c%20d&%C3%A9=&flag&_vbp=1f"
    )
    assert labeled(labeled(url, "1f"), "2f") == labeled(url, "2f")
    assert labeled(QUrl("https://x/wms"), "0").toString() == "https://x/wms?_vbp=0"


def test_a_renewal_keeps_the_label(session, injector):
    url = f"{RECORDS}/ogc/x"
    before = label_of(sent(injector, url).url())
    assert label_of(sent(injector, url).url()) == before


@pytest.mark.parametrize("path", ["occurrences/search", "ogcx", "mapping/legend", "mapping/wmsx"])
def test_what_is_no_picture_bears_none(injector, path):
    assert label_of(sent(injector, f"{RECORDS}/{path}").url()) == []


def test_requests_of_ours_say_who_sends_them(injector):
    request = QNetworkRequest(QUrl("https://elsewhere.test/"))
    request.setRawHeader(b"User-Agent", b"Mozilla/5.0 QGIS/34006")
    request.setAttribute(AS_USER, False)
    injector(request)
    agent = bytes(request.rawHeader(b"User-Agent"))
    assert agent.startswith(b"Mozilla/5.0 QGIS/34006 biodiv_plugin/")


def test_both_sides_mean_the_same_mark():
    assert bearer.AS_USER == network.exchange.AS_USER
