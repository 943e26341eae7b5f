"""The words of the access assistant."""

from __future__ import annotations

from biodiv_plugin.portal.access import (
    HELP_LINE,
    NO_RIGHTS_CODE,
    SENSITIVE_CONTEXT,
    SUPPORT,
    USER_RIGHT,
)
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.access_advice import Seen, Step, Workplace

HELP_LINE_PAGE = "https://www.vlaanderen.be/1700"


def workplaces() -> tuple[tuple[str, str], ...]:
    """Return (value, text) of each answer to where one works."""
    return (
        (
            Workplace.FLEMISH_GOVERNMENT.value,
            translate("AccessTexts", "At the Flemish government"),
        ),
        (
            Workplace.LOCAL_GOVERNMENT.value,
            translate("AccessTexts", "At a municipality or a province"),
        ),
        (
            Workplace.ELSEWHERE.value,
            translate("AccessTexts", "Elsewhere, or I ask as a citizen"),
        ),
    )


def sights() -> tuple[tuple[str, str], ...]:
    """Return (value, text) of each answer to what one saw."""
    return (
        (Seen.NOT_TRIED.value, translate("AccessTexts", "I have not tried yet")),
        (
            Seen.NO_RIGHTS.value,
            translate("AccessTexts", "Error code {code}: no rights").format(code=NO_RIGHTS_CODE),
        ),
        (
            Seen.NOTHING.value,
            translate("AccessTexts", "No error, but QGIS goes on waiting"),
        ),
        (
            Seen.DIGITAL_KEY.value,
            translate("AccessTexts", "itsme or my eID does not work"),
        ),
        (Seen.OTHER_ERROR.value, translate("AccessTexts", "Another error")),
        (
            Seen.NO_SENSITIVE.value,
            translate("AccessTexts", "I am in, but without high-resolution data"),
        ),
    )


def sentence(step: Step) -> str:
    """Return what to do, in a sentence or two."""
    return _SENTENCES[step]().format(
        right=USER_RIGHT,
        context=SENSITIVE_CONTEXT,
        support=SUPPORT,
        line=HELP_LINE,
    )


def button(step: Step) -> str:
    """Return the label of the step's button; empty where the sentence is all."""
    label = _BUTTONS.get(step)
    return label() if label is not None else ""


def question(step: Step) -> str:
    """Return the text to send to one's local administrator, who reads Dutch."""
    asked = f"Graag had ik het gebruikersrecht “{USER_RIGHT}” (Het Vlaams Biodiversiteitsportaal)"
    if step is Step.ASK_SENSITIVE:
        asked += f", uitdrukkelijk met de context “{SENSITIVE_CONTEXT}”"
    return f"{asked}. Kunt u mij dat toekennen in Gebruikersbeheer?"


_SENTENCES = {
    Step.TRY: lambda: translate(
        "AccessTexts",
        "Just sign in, with itsme or eID. Where you are asked in which capacity, choose your "
        "organisation, or citizen.",
    ),
    Step.TRY_AS_CITIZEN: lambda: translate(
        "AccessTexts",
        "Sign in once more with itsme or eID. Where you are asked in which capacity, choose "
        "“citizen” in place of an organisation.",
    ),
    Step.USE_CODE: lambda: translate(
        "AccessTexts",
        "Sign in with a code, on this or any other device. On Citrix and remote desktops the "
        "browser often cannot come back to QGIS.",
    ),
    Step.CHECK_RIGHTS: lambda: translate(
        "AccessTexts",
        "Look at your rights on Mijn profiel: choose your kind of government, then “Mijn "
        "gebruikersrechten”. If it says “Het Vlaams Biodiversiteitsportaal”, you have access.",
    ),
    Step.SELF_REGISTER: lambda: translate(
        "AccessTexts",
        "Ask for the right yourself. Your local administrator gets a mail and decides; then "
        "you get one.",
    ),
    Step.ASK_ADMINISTRATOR: lambda: translate(
        "AccessTexts",
        "Ask your local administrator, mostly the ICT helpdesk, for the right “{right}”. On "
        "Mijn profiel, “Mijn lokale beheerders” tells who that is.",
    ),
    Step.ASK_SENSITIVE: lambda: translate(
        "AccessTexts",
        "Ask your local administrator explicitly to add the context “{context}” to your right "
        "“{right}”. Sign in anew after that.",
    ),
    Step.MAIL: lambda: translate(
        "AccessTexts",
        "Ask for an account by mail, at {support}. Say who you are and why you need it: not "
        "everybody gets one.",
    ),
    Step.MAIL_SENSITIVE: lambda: translate(
        "AccessTexts",
        "Ask for it by mail, at {support}, and say what you need the exact places for.",
    ),
    Step.MAIL_TROUBLE: lambda: translate(
        "AccessTexts",
        "If it goes on: mail {support} what you saw, with the code and the time.",
    ),
    Step.HELP_LINE: lambda: translate(
        "AccessTexts",
        "Call {line}, free, on working days from 9 to 19 h (from abroad +32 2 553 17 00, paid). "
        "They help with itsme, eID and Gebruikersbeheer; also by mail and chat.",
    ),
}
_BUTTONS = {
    Step.TRY: lambda: translate("AccessTexts", "Sign In"),
    Step.TRY_AS_CITIZEN: lambda: translate("AccessTexts", "Sign In as a Citizen"),
    Step.USE_CODE: lambda: translate("AccessTexts", "Sign In with a Code"),
    Step.CHECK_RIGHTS: lambda: translate("AccessTexts", "Open Mijn Profiel"),
    Step.SELF_REGISTER: lambda: translate("AccessTexts", "Ask for the Right"),
    Step.ASK_ADMINISTRATOR: lambda: translate("AccessTexts", "Copy This Question"),
    Step.ASK_SENSITIVE: lambda: translate("AccessTexts", "Copy This Question"),
    Step.HELP_LINE: lambda: translate("AccessTexts", "Open the Page of 1700"),
}
