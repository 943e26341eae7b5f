"""What the user reads when something fails: one sentence that says what happened and what to do."""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.portal import errors
from biodiv_plugin.translation import translate

_SENTENCES = {
    errors.Unreachable: QT_TRANSLATE_NOOP(
        "Messages",
        "The portal cannot be reached. Check the connection and the proxy settings of QGIS.",
    ),
    errors.SignInRequired: QT_TRANSLATE_NOOP("Messages", "Sign in to the portal first."),
    errors.SignInFailed: QT_TRANSLATE_NOOP(
        "Messages", "Signing in did not succeed. Try again, or ask for access."
    ),
    errors.Forbidden: QT_TRANSLATE_NOOP(
        "Messages", "Your account does not have the right to do this. Ask for access."
    ),
    errors.NotFound: QT_TRANSLATE_NOOP("Messages", "The portal does not know this item any more."),
    errors.Throttled: QT_TRANSLATE_NOOP(
        "Messages", "The portal asks to slow down. Wait a minute and try again."
    ),
    errors.Rejected: QT_TRANSLATE_NOOP(
        "Messages", "The portal did not understand this question. Change the filters and try again."
    ),
    errors.InvalidQuery: QT_TRANSLATE_NOOP(
        "Messages", "This question cannot be asked: change “{part}” and try again."
    ),
    errors.TooLarge: QT_TRANSLATE_NOOP(
        "Messages", "This is more than can be fetched at once. Choose a smaller part."
    ),
    errors.PortalFault: QT_TRANSLATE_NOOP(
        "Messages", "The portal has a problem at the moment. Try again later."
    ),
    errors.UnexpectedAnswer: QT_TRANSLATE_NOOP(
        "Messages", "The portal gave an answer that cannot be read. Try again; see the log."
    ),
    errors.NoMatch: QT_TRANSLATE_NOOP("Messages", "The portal does not know “{wanted}”."),
    errors.DownloadFailed: QT_TRANSLATE_NOOP(
        "Messages", "The portal did not deliver the download. Fetch it again."
    ),
    errors.AnalysisFailed: QT_TRANSLATE_NOOP(
        "Messages", "The portal could not carry out analysis {task}: {why}."
    ),
    errors.BadArchive: QT_TRANSLATE_NOOP(
        "Messages", "The downloaded file is damaged and was not used. Fetch it again."
    ),
    errors.StorageFailed: QT_TRANSLATE_NOOP(
        "Messages", "The file {path} could not be written. Choose another place."
    ),
    errors.BadTable: QT_TRANSLATE_NOOP(
        "Messages", "This file cannot be read as a table. Choose a CSV file or a spreadsheet."
    ),
    errors.ListConflict: QT_TRANSLATE_NOOP(
        "Messages", "This list is not as it was. Load it again, and look at what changed."
    ),
    errors.ListOwnerUnknown: QT_TRANSLATE_NOOP(
        "Messages",
        "The portal does not tell QGIS whose your account is, so a list from here would belong to "
        "nobody. Nothing was sent; make the list on the portal's own page.",
    ),
    errors.OutcomeUnknown: QT_TRANSLATE_NOOP(
        "Messages",
        "The portal got the list, but its answer never came, and the change cannot be seen yet. "
        "Look again in a few minutes; nothing is sent twice.",
    ),
    errors.PortalError: QT_TRANSLATE_NOOP("Messages", "Something went wrong; see the log."),
    UnknownEnvironment: QT_TRANSLATE_NOOP(
        "Messages",
        "The address of the portal is not known or not safe. Choose a portal in the options.",
    ),
}

# Finer sentences, by the ``code``, ``reason`` or ``part`` that an error carries.
_BY_REASON = {
    (errors.SignInFailed, "timeout"): QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing came back from the browser. If it showed an error, ask for access; "
        "otherwise try again.",
    ),
    (errors.SignInFailed, "access_denied"): QT_TRANSLATE_NOOP(
        "Messages", "The sign-in was refused or stopped in the browser."
    ),
    (errors.SignInFailed, "browser"): QT_TRANSLATE_NOOP(
        "Messages", "The browser could not be opened. Copy the link, or sign in with a code."
    ),
    (errors.SignInFailed, "no_client"): QT_TRANSLATE_NOOP(
        "Messages",
        "This portal has not registered QGIS for signing in yet. What is open works without it.",
    ),
    (errors.SignInFailed, "no_packages"): QT_TRANSLATE_NOOP(
        "Messages",
        "Signing in needs the Python packages requests-oauthlib and keyring. "
        "Install the full version of this plugin, or ask your administrator.",
    ),
    (errors.SignInFailed, "issuer"): QT_TRANSLATE_NOOP(
        "Messages",
        "The sign-in server is not the one this portal names. Check the portal in the options.",
    ),
    (errors.SignInFailed, "expired_token"): QT_TRANSLATE_NOOP(
        "Messages", "The code was not entered in time. Ask for a new one."
    ),
    (errors.SignInFailed, "running"): QT_TRANSLATE_NOOP(
        "Messages", "A sign-in is waiting already. Finish it in the browser, or cancel it."
    ),
    (errors.SignInFailed, "loopback"): QT_TRANSLATE_NOOP(
        "Messages", "The browser cannot come back to QGIS on this computer. Sign in with a code."
    ),
    (errors.SignInFailed, "clock"): QT_TRANSLATE_NOOP(
        "Messages",
        "The clock of this computer is wrong. Set it right and try again.",
    ),
    (errors.SignInFailed, "no_device"): QT_TRANSLATE_NOOP(
        "Messages", "This portal does not offer signing in with a code. Use the browser."
    ),
    (errors.DownloadFailed, "too_large"): QT_TRANSLATE_NOOP(
        "Messages", "These are more records than the portal delivers at once. Narrow the filters."
    ),
    (errors.DownloadFailed, "cancelled"): QT_TRANSLATE_NOOP(
        "Messages", "The download was cancelled on the portal."
    ),
    (errors.DownloadFailed, "stuck"): QT_TRANSLATE_NOOP(
        "Messages", "The portal has not finished this download. Fetch it later, or ask it again."
    ),
    (errors.DownloadFailed, "no_email"): QT_TRANSLATE_NOOP(
        "Messages",
        "Your account has no e-mail address, which the portal needs for a download. "
        "Complete your profile.",
    ),
    (errors.AnalysisFailed, "running"): QT_TRANSLATE_NOOP(
        "Messages",
        "Analysis {task} still runs on the portal. Fetch its results later by its number.",
    ),
    (errors.InvalidQuery, "no_analyses"): QT_TRANSLATE_NOOP(
        "Messages",
        "This portal offers no analyses at the moment. "
        "Many can be done in QGIS itself; see the user guide.",
    ),
    (errors.InvalidQuery, "list_empty"): QT_TRANSLATE_NOOP(
        "Messages",
        "The portal knows none of the names on this species list, so it would find nothing. "
        "Repair the names in the list.",
    ),
    (errors.InvalidQuery, "private_list"): QT_TRANSLATE_NOOP(
        "Messages",
        "This question uses a private list; an address would show its species to others. "
        "Leave the list out first.",
    ),
    (errors.InvalidQuery, "url"): QT_TRANSLATE_NOOP(
        "Messages",
        "This is not the address of a search on this portal. "
        "Copy it from the portal's page with the search results.",
    ),
    (errors.InvalidQuery, "map_url"): QT_TRANSLATE_NOOP(
        "Messages",
        "There is no address of this portal's map on the clipboard. "
        "Copy it from the browser's address bar, and try again.",
    ),
    (errors.InvalidQuery, "version"): QT_TRANSLATE_NOOP(
        "Messages", "This question was saved by another version of the plugin. Ask it anew."
    ),
    (errors.InvalidQuery, "area_empty"): QT_TRANSLATE_NOOP(
        "Messages", "The area has no surface. Choose or draw another one."
    ),
    (errors.InvalidQuery, "area_shape"): QT_TRANSLATE_NOOP(
        "Messages", "The area holds points or lines only. Choose polygons."
    ),
    (errors.InvalidQuery, "area_outside"): QT_TRANSLATE_NOOP(
        "Messages",
        "The area lies where its coordinate system does not hold. "
        "Set the right coordinate system of the layer.",
    ),
    (errors.InvalidQuery, "area_parts"): QT_TRANSLATE_NOOP(
        "Messages", "The area has too many separate parts. Choose fewer polygons."
    ),
    (errors.InvalidQuery, "plots"): QT_TRANSLATE_NOOP(
        "Messages", "A report is about 1 to 100 polygons. Choose or select fewer of them, or one."
    ),
    (errors.InvalidQuery, "zones"): QT_TRANSLATE_NOOP(
        "Messages", "A watch takes at most 2,000 polygons. Select some of them."
    ),
    (errors.InvalidQuery, "consent"): QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing was uploaded: an area on the portal is public and others can delete it. "
        "Agree to that first.",
    ),
    (errors.InvalidQuery, "field"): QT_TRANSLATE_NOOP(
        "Messages", "This is no id of a portal layer, such as cl100. Look it up in the catalogue."
    ),
    (errors.InvalidQuery, "place"): QT_TRANSLATE_NOOP(
        "Messages", "Choose the place first: type it, or click it on the map."
    ),
    (errors.BadTable, "too_large"): QT_TRANSLATE_NOOP(
        "Messages", "This file is larger than 30 MB, more than the portal takes for one list."
    ),
    (errors.BadTable, "empty"): QT_TRANSLATE_NOOP("Messages", "There is no name in it."),
    (errors.ListConflict, "name_taken"): QT_TRANSLATE_NOOP(
        "Messages", "You have a list of this name already. Choose another name, or replace it."
    ),
    (errors.ListConflict, "changed"): QT_TRANSLATE_NOOP(
        "Messages", "Somebody changed this list on the portal meanwhile. Nothing was sent."
    ),
    (errors.StorageFailed, "full"): QT_TRANSLATE_NOOP(
        "Messages",
        "There is no room left on the disk for {path}. Make room, then try again; "
        "nothing half-written was left.",
    ),
    (errors.StorageFailed, "in_use"): QT_TRANSLATE_NOOP(
        "Messages",
        "The file {path} is open. Close the layer, or choose another name; the file is unchanged.",
    ),
    (errors.StorageFailed, "denied"): QT_TRANSLATE_NOOP(
        "Messages", "You may not write to {path}. Choose another folder."
    ),
}


def explain(error: Exception) -> str:
    """Return the user's sentence for ``error``: that of its reason, its class, or one above it."""
    for kind in type(error).__mro__:
        reason = next(
            filter(None, (getattr(error, name, None) for name in ("code", "reason", "part"))), None
        )
        sentence = _BY_REASON.get((kind, reason)) or _SENTENCES.get(kind)
        if sentence:
            return _filled(translate("Messages", sentence), error)
    return translate("Messages", _SENTENCES[errors.PortalError])


# The parts of a question that can be wrong, in the words of the interface.
_PARTS = {
    "crs": QT_TRANSLATE_NOOP("Messages", "coordinate system"),
    "dates": QT_TRANSLATE_NOOP("Messages", "period"),
    "months": QT_TRANSLATE_NOOP("Messages", "months"),
    "max_uncertainty": QT_TRANSLATE_NOOP("Messages", "uncertainty"),
    "species_list": QT_TRANSLATE_NOOP("Messages", "species list"),
    "area": QT_TRANSLATE_NOOP("Messages", "area"),
    "circle": QT_TRANSLATE_NOOP("Messages", "radius"),
    "length": QT_TRANSLATE_NOOP("Messages", "number of filters"),
    "url": QT_TRANSLATE_NOOP("Messages", "address"),
    "text": QT_TRANSLATE_NOOP("Messages", "filters of your own"),
}


def _part(part: str) -> str:
    return translate("Messages", _PARTS[part]) if part in _PARTS else part


def _filled(sentence: str, error: Exception) -> str:
    sentence = sentence.format(
        wanted=getattr(error, "wanted", ""),
        path=getattr(error, "path", ""),
        part=_part(getattr(error, "part", "")),
        task=getattr(error, "task_id", ""),
        why=str(error)[:200],
    )
    suggestions = getattr(error, "suggestions", ())
    if suggestions:
        meant = translate("Messages", "Did you mean {names}?").format(names=", ".join(suggestions))
        return f"{sentence} {meant}"
    return sentence
