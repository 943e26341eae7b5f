"""Which way leads into the portal, for somebody who cannot get in; contract/lists 5.2."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any, Mapping, Optional

from biodiv_plugin import paths, settings
from biodiv_plugin.log import logger
from biodiv_plugin.portal.access import SelfRegistration, self_registration_url
from biodiv_plugin.portal.errors import InvalidQuery


class Workplace(Enum):
    """Where somebody works, as far as it decides who can give them the right."""

    FLEMISH_GOVERNMENT = "flemish_government"
    LOCAL_GOVERNMENT = "local_government"
    ELSEWHERE = "elsewhere"


class Seen(Enum):
    """What somebody saw when signing in."""

    NOT_TRIED = "not_tried"
    NO_RIGHTS = "no_rights"  # the government's page says 714907; the browser stays there
    NOTHING = "nothing"  # the browser does not come back to QGIS, and shows no error
    DIGITAL_KEY = "digital_key"  # trouble with itsme, eID or Gebruikersbeheer itself
    OTHER_ERROR = "other_error"
    NO_SENSITIVE = "no_sensitive"  # got in, and does not see high-resolution observations


class Step(Enum):
    """One thing to do. The interface has words and a button for each."""

    TRY = "try"
    TRY_AS_CITIZEN = "try_as_citizen"
    USE_CODE = "use_code"
    CHECK_RIGHTS = "check_rights"
    SELF_REGISTER = "self_register"
    ASK_ADMINISTRATOR = "ask_administrator"
    ASK_SENSITIVE = "ask_sensitive"
    MAIL = "mail"
    MAIL_SENSITIVE = "mail_sensitive"
    MAIL_TROUBLE = "mail_trouble"
    HELP_LINE = "help_line"


_IN_GOVERNMENT: Mapping[Seen, tuple[Step, ...]] = {
    Seen.NOT_TRIED: (Step.TRY, Step.CHECK_RIGHTS, Step.ASK_ADMINISTRATOR),
    Seen.NO_RIGHTS: (Step.CHECK_RIGHTS, Step.SELF_REGISTER, Step.ASK_ADMINISTRATOR),
    Seen.NO_SENSITIVE: (Step.ASK_SENSITIVE, Step.CHECK_RIGHTS),
}
_ELSEWHERE: Mapping[Seen, tuple[Step, ...]] = {
    Seen.NOT_TRIED: (Step.TRY, Step.MAIL),
    Seen.NO_RIGHTS: (Step.TRY_AS_CITIZEN, Step.SELF_REGISTER, Step.MAIL),
    Seen.NO_SENSITIVE: (Step.MAIL_SENSITIVE,),
}
_FOR_ALL: Mapping[Seen, tuple[Step, ...]] = {
    Seen.NOTHING: (Step.USE_CODE, Step.TRY, Step.MAIL_TROUBLE),
    Seen.DIGITAL_KEY: (Step.HELP_LINE,),
    Seen.OTHER_ERROR: (Step.TRY, Step.MAIL_TROUBLE),
}


def advise(works: Workplace, saw: Seen, can_self_register: bool) -> tuple[Step, ...]:
    """Return what to do, the first thing first.

    ``can_self_register`` tells whether the portal's codes for that are known; without them the
    other ways stand.
    """
    own = _ELSEWHERE if works is Workplace.ELSEWHERE else _IN_GOVERNMENT
    steps = own.get(saw) or _FOR_ALL[saw]
    return tuple(step for step in steps if can_self_register or step is not Step.SELF_REGISTER)


def self_registration(environment: str, works: Workplace) -> Optional[str]:
    """Return where one asks for the right oneself; ``None`` where the codes are not known.

    The codes are those of the portal's own agreement with Gebruikersbeheer, per environment and
    workplace; a deployment sets them, else ``resources/access.json`` holds. Codes that cannot be
    right are logged, and not used.
    """
    try:
        codes = _codes(environment).get(works.value)
        if not codes:
            return None
        return self_registration_url(SelfRegistration(**codes), production=environment == "prod")
    except (InvalidQuery, TypeError, ValueError, AttributeError) as wrong:
        logger.warning("the self-registration codes of %s: %s", environment, wrong)
        return None


def _codes(environment: str) -> Mapping[str, Any]:
    set_here = settings.access_codes(environment).get()
    if set_here:
        codes: Mapping[str, Any] = json.loads(set_here)
        return codes
    shipped = json.loads(paths.resource("access.json").read_text(encoding="utf-8"))
    found: Mapping[str, Any] = shipped.get(environment, {})
    return found
