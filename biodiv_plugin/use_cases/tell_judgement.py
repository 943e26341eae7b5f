"""How good the records of a question are, in a few sentences."""

from __future__ import annotations

from datetime import date

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.judge_occurrences import Judged

_RECENT = 10  # years
_FINE = 100  # metres
_GAPS = 4  # spans of missing years that are named


def tell_judgement(judged: Judged) -> tuple[str, ...]:
    """Return sentences on age, precision, validation, gaps, and on what is left out."""
    if not judged.count:
        return (translate("Judgement", "There is nothing to judge."), *_left_out(judged))
    return (
        *_age(judged),
        *_precision(judged),
        translate("Judgement", "{percent} % is validated.").format(
            percent=_percent(judged.validated, judged)
        ),
        *_gaps(judged),
        *_left_out(judged),
        *_sensitive(judged),
    )


def _age(judged: Judged) -> tuple[str, ...]:
    since = date.today().year - _RECENT
    recent = translate("Judgement", "{percent} % is from {year} or later.").format(
        percent=_percent(judged.since(since), judged), year=since
    )
    return (recent, *_unknown(judged.unknown_year, "year"))


def _precision(judged: Judged) -> tuple[str, ...]:
    fine = translate("Judgement", "{percent} % lies within {metres} m of its place.").format(
        percent=_percent(judged.within(_FINE), judged), metres=_FINE
    )
    return (fine, *_unknown(judged.unknown_uncertainty, "uncertainty"))


def _unknown(count: int, what: str) -> tuple[str, ...]:
    if not count:
        return ()
    if what == "year":
        sentence = translate("Judgement", "Of {n} the year is not known.")
    else:
        sentence = translate("Judgement", "Of {n} the uncertainty is not known.")
    return (sentence.format(n=_number(count)),)


def _gaps(judged: Judged) -> tuple[str, ...]:
    gaps = judged.missing_years()
    if not gaps:
        return ()
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in gaps[-_GAPS:])
    if len(gaps) > _GAPS:
        named = f"…, {named}"
    return (translate("Judgement", "There is nothing from {years}.").format(years=named),)


def _left_out(judged: Judged) -> tuple[str, ...]:
    found = []
    if judged.removed_by_profile:
        sentence = translate("Judgement", "The quality profile leaves out {n}.")
        found.append(sentence.format(n=_number(judged.removed_by_profile)))
    if judged.outside_flanders and judged.query.flanders_only:
        sentence = translate("Judgement", "{n} more lie outside Flanders.")
        found.append(sentence.format(n=_number(judged.outside_flanders)))
    elif judged.outside_flanders:
        sentence = translate("Judgement", "{n} of them lie outside Flanders.")
        found.append(sentence.format(n=_number(judged.outside_flanders)))
    return tuple(found)


def _sensitive(judged: Judged) -> tuple[str, ...]:
    found = []
    if judged.blurred:
        sentence = translate(
            "Judgement", "{n} are of sensitive species and blurred; their exact place is withheld."
        )
        found.append(sentence.format(n=_number(judged.blurred)))
    if judged.exact:
        sentence = translate(
            "Judgement", "{n} are of sensitive species with their exact place: do not publish it."
        )
        found.append(sentence.format(n=_number(judged.exact)))
    return tuple(found)


def _percent(part: int, judged: Judged) -> str:
    share = 100 * part / judged.count
    return "< 1" if 0 < share < 1 else str(int(share))  # "100 %" is all of them


def _number(count: int) -> str:
    return str(QLocale().toString(count))
