"""Help for who cannot get in: from two answers to the way that leads in."""

from __future__ import annotations

import itertools
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from biodiv_plugin import environments, settings
from biodiv_plugin.gui.account import access_texts
from biodiv_plugin.gui.account.access_assistant import AccessAssistant
from biodiv_plugin.portal.access import MY_PROFILE, trouble_mail
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.use_cases.access_advice import (
    Seen,
    Step,
    Workplace,
    advise,
    self_registration,
)
from tests.qgis.doubles import SOMEBODY

LEFT = Qt.MouseButton.LeftButton
CODES = {
    "flemish_government": {"target_group": "GID", "right": "VBP-1", "context": "VBP"},
    "local_government": {"target_group": "LB", "application": "45"},
}


@pytest.fixture(autouse=True)
def clean_settings(qgis_app):
    yield
    for name in environments.known():
        settings.access_codes(name).reset()


@pytest.fixture
def assistant(qtbot):
    assistant = AccessAssistant("prod")
    qtbot.addWidget(assistant)
    assistant.resize(350, 900)
    return assistant


def answer(assistant, works, saw):
    assistant.works.setCurrentIndex(assistant.works.findData(works.value))
    assistant.ask(saw)


def buttons(assistant):
    found = assistant.findChildren(QPushButton)
    return {b.property("step"): b for b in found if b.property("step") and not b.isHidden()}


def said(assistant):
    return " ".join(label.text() for label in assistant.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize(
    ("works", "saw", "steps"),
    [
        ("FLEMISH_GOVERNMENT", "NO_RIGHTS", "CHECK_RIGHTS ASK_ADMINISTRATOR"),
        ("LOCAL_GOVERNMENT", "NOT_TRIED", "TRY CHECK_RIGHTS ASK_ADMINISTRATOR"),
        ("ELSEWHERE", "NO_RIGHTS", "TRY_AS_CITIZEN MAIL"),
        ("ELSEWHERE", "NOT_TRIED", "TRY MAIL"),
        ("LOCAL_GOVERNMENT", "NO_SENSITIVE", "ASK_SENSITIVE CHECK_RIGHTS"),
        ("ELSEWHERE", "NO_SENSITIVE", "MAIL_SENSITIVE"),
        ("ELSEWHERE", "NOTHING", "USE_CODE TRY MAIL_TROUBLE"),
        ("FLEMISH_GOVERNMENT", "OTHER_ERROR", "TRY MAIL_TROUBLE"),
        ("LOCAL_GOVERNMENT", "DIGITAL_KEY", "HELP_LINE"),
    ],
)
def test_the_ways_in_their_order(works, saw, steps):
    found = advise(Workplace[works], Seen[saw], can_self_register=False)
    assert " ".join(step.name for step in found) == steps


def test_there_is_a_way_for_everyone_and_words_for_each():
    for works, saw, can in itertools.product(Workplace, Seen, (True, False)):
        steps = advise(works, saw, can)
        assert steps and len(set(steps)) == len(steps)
        assert can or Step.SELF_REGISTER not in steps
        assert all("{" not in access_texts.sentence(step) for step in steps)
    assert {step for step in Step if not access_texts.button(step)} == {
        Step.MAIL,
        Step.MAIL_SENSITIVE,
        Step.MAIL_TROUBLE,
    }


def test_codes_that_nobody_gave_make_no_button(assistant):
    """The portal's codes are not public: as shipped, the other ways stand."""
    assert all(
        self_registration(name, w) is None for name in environments.known() for w in Workplace
    )
    answer(assistant, Workplace.FLEMISH_GOVERNMENT, Seen.NO_RIGHTS)
    assert list(buttons(assistant)) == ["check_rights", "ask_administrator"]


def test_codes_of_a_deployment_make_one(qtbot, assistant):
    settings.access_codes("prod").set(json.dumps(CODES))
    answer(assistant, Workplace.FLEMISH_GOVERNMENT, Seen.NO_RIGHTS)
    with qtbot.waitSignal(assistant.page_requested) as opened:
        qtbot.mouseClick(buttons(assistant)["self_register"], LEFT)
    (url,) = opened.args
    assert url.startswith("https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?")
    asked = parse_qs(urlsplit(url).query)
    assert asked == {"dg": ["GID"], "ec": ["VBP-1"], "ctx": ["VBP"]}
    answer(assistant, Workplace.ELSEWHERE, Seen.NO_RIGHTS)
    assert "self_register" not in buttons(assistant)


def test_outside_production_the_test_system_is_named():
    settings.access_codes("uat").set(json.dumps(CODES))
    url = self_registration("uat", Workplace.LOCAL_GOVERNMENT)
    assert url.startswith("https://zelfregistratie-gebruikersbeheer-ti.vlaanderen.be/user/")


@pytest.mark.parametrize(
    "wrong",
    [
        "no json",
        "[]",
        '"GID"',
        '{"flemish_government": {"target_group": "gid", "right": "1"}}',
        '{"flemish_government": {"target_group": "GID", "right": "1", "application": "2"}}',
        '{"flemish_government": {"target_group": "GID", "right": "1", "kleur": "rood"}}',
        '{"flemish_government": "GID"}',
    ],
)
def test_codes_that_cannot_be_right_are_logged_and_not_used(wrong, caplog):
    settings.access_codes("prod").set(wrong)
    assert self_registration("prod", Workplace.FLEMISH_GOVERNMENT) is None
    assert "self-registration codes of prod" in caplog.text


def test_a_local_administrator_is_asked_by_the_rights_own_name(qtbot, assistant):
    answer(assistant, Workplace.LOCAL_GOVERNMENT, Seen.NO_RIGHTS)
    qtbot.mouseClick(buttons(assistant)["ask_administrator"], LEFT)
    asked = QGuiApplication.clipboard().text()
    assert "“Vlaams biodiversiteitsportaal gebruiker”" in asked and "Gevoelige" not in asked
    answer(assistant, Workplace.LOCAL_GOVERNMENT, Seen.NO_SENSITIVE)
    qtbot.mouseClick(buttons(assistant)["ask_sensitive"], LEFT)
    assert "context “VBP Gevoelige Data”" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("works", "saw", "step", "signal", "arguments"),
    [
        ("LOCAL_GOVERNMENT", "NO_RIGHTS", "check_rights", "page_requested", [MY_PROFILE]),
        ("ELSEWHERE", "DIGITAL_KEY", "help_line", "page_requested", [access_texts.HELP_LINE_PAGE]),
        ("ELSEWHERE", "NOT_TRIED", "try", "sign_in_requested", []),
        ("ELSEWHERE", "NO_RIGHTS", "try_as_citizen", "citizen_requested", []),
        ("ELSEWHERE", "NOTHING", "use_code", "code_requested", []),
    ],
)
def test_each_way_has_its_button(qtbot, assistant, works, saw, step, signal, arguments):
    answer(assistant, Workplace[works], Seen[saw])
    with qtbot.waitSignal(getattr(assistant, signal)) as told:
        qtbot.mouseClick(buttons(assistant)[step], LEFT)
    assert told.args == arguments


def test_it_says_the_code_and_the_numbers_that_one_needs(assistant):
    answer(assistant, Workplace.ELSEWHERE, Seen.DIGITAL_KEY)
    assert "1700" in said(assistant) and "9 to 19" in said(assistant)
    assert "714907" in assistant.saw.itemText(assistant.saw.findData(Seen.NO_RIGHTS.value))


def fill(qtbot, mail, **texts):
    for part, text in texts.items():
        mail.fields[part].clear()
        qtbot.keyClicks(mail.fields[part], text)


def test_a_mail_is_filled_in_and_opened(qtbot, assistant):
    answer(assistant, Workplace.ELSEWHERE, Seen.NOT_TRIED)
    mail = assistant.mail
    assert not mail.fields["seen"].isVisible() and not mail.fields["sensitive_reason"].isVisible()
    qtbot.mouseClick(mail._open, LEFT)
    assert "“Name”" in mail._fault.text()
    fill(qtbot, mail, name="Els", organisation="Natuurpunt", email="els at np", reason="atlas")
    qtbot.mouseClick(mail._open, LEFT)
    assert "“E-mail address”" in mail._fault.text()
    fill(qtbot, mail, email="els@np.example")
    assert not mail._fault.isVisible()
    with qtbot.waitSignal(mail.open_requested) as opened:
        qtbot.mouseClick(mail._open, LEFT)
    parts = urlsplit(opened.args[0])
    assert (parts.scheme, parts.path) == ("mailto", "support.natuurdata@inbo.be")
    assert "Organisatie en functie: Natuurpunt" in parse_qs(parts.query)["body"][0]


def test_without_a_mail_program_the_text_is_copied(qtbot, assistant):
    answer(assistant, Workplace.ELSEWHERE, Seen.NO_SENSITIVE)
    mail = assistant.mail
    fill(qtbot, mail, name="Els", organisation="NP", email="els@np.example", reason="atlas")
    qtbot.mouseClick(mail._copy, LEFT)
    assert "High-resolution data, because" in mail._fault.text()
    fill(qtbot, mail, sensitive_reason="nestplaatsen")
    qtbot.mouseClick(mail._copy, LEFT)
    assert "context VBP Gevoelige Data) omdat: nestplaatsen" in QGuiApplication.clipboard().text()
    assert "support.natuurdata@inbo.be" in mail._done.text() and mail._done.isVisible()


def test_trouble_is_told_with_its_time(qtbot, assistant):
    answer(assistant, Workplace.ELSEWHERE, Seen.OTHER_ERROR)
    qtbot.mouseClick(assistant.mail._copy, LEFT)
    assert "What I saw" in assistant.mail._fault.text()
    fill(qtbot, assistant.mail, seen="code 500200")
    qtbot.mouseClick(assistant.mail._copy, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert "code 500200" in copied and "Tijdstip: " in copied
    with pytest.raises(InvalidQuery):
        trouble_mail(" ", "nu", "", "")


def test_who_is_signed_in_types_nothing_twice(assistant):
    account = SOMEBODY
    assistant.works.setCurrentIndex(assistant.works.findData(Workplace.ELSEWHERE.value))
    assistant.ask(Seen.NO_SENSITIVE, account)
    assert assistant.mail.fields["name"].text() == account.name
    assert assistant.mail.fields["organisation"].text() == account.organisation


def test_the_portals_own_page_is_the_newest_word(qtbot, account_area, services, environment):
    opened = []
    services.__dict__["browser"] = lambda url: bool(opened.append(url)) or True
    account_area.show_assistant(Seen.NO_RIGHTS)
    qtbot.mouseClick(account_area.assistant._live, LEFT)
    assert opened == [f"{environment.portal}/pages/toegang.html"]
    qtbot.mouseClick(account_area.assistant._close, LEFT)
    assert not account_area.assistant.isVisible()


def test_from_the_help_straight_to_a_code(qtbot, account_area, services):
    services.__dict__["browser"] = lambda url: True
    account_area.sign_in.start()
    qtbot.waitUntil(lambda: bool(account_area.waiting._url), timeout=20_000)
    account_area.show_assistant(Seen.NOTHING)
    button = buttons(account_area.assistant)["use_code"]
    qtbot.waitUntil(lambda: button.isVisible() and button.height() > 0, timeout=20_000)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: bool(account_area.waiting.code.code()), timeout=10_000)


def test_a_page_that_cannot_be_opened_is_told(qtbot, account_area, services):
    services.__dict__["browser"] = lambda url: False
    account_area.assistant.page_requested.emit(MY_PROFILE)
    assert "No browser could be opened" in account_area.notice.text()
