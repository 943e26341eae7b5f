"""What the clients of biocache-service share: how it tells of its failures."""

from __future__ import annotations

import re

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.http import Response, error_kind

_LONGEST = 300  # characters of a reason; some hold a whole query
_KIND = re.compile(r'"errorType"\s*:\s*"([^"]*)"')
_MESSAGE = re.compile(r'"message"\s*:\s*"((?:[^"\\]|\\.)*)"', re.DOTALL)


def checked(response: Response, *, private: bool = False) -> Response:
    """Return a 2xx answer; raise the error of any other, with the service's own reason.

    The service writes its JSON errors by hand and escapes no backslash, so they are searched,
    not parsed (contract/occurrences 1.2). The reason may quote the query: ``private`` leaves it
    out, so that no taxon of a private list reaches the log. An unknown or expired query id is
    ``NotFound``: it can be made again.
    """
    if 200 <= response.status < 300:
        return response
    body = response.body.decode("utf-8", "replace")
    kind, message = _KIND.search(body), _MESSAGE.search(body)
    error, reason = error_kind(response.status), f"HTTP {response.status}"
    if kind:
        reason += f": {kind[1]}"
        if message and not private:
            reason += f": {message[1][:_LONGEST]}"
        if kind[1] == "Unrecognised QID":
            error = errors.NotFound
    raise error(reason, url=response.url, status=response.status)
