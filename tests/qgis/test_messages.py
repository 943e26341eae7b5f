"""Words for what goes wrong."""

from __future__ import annotations

import pytest

from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.messages import explain
from biodiv_plugin.portal import errors


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.Unreachable("x"), "proxy"),
        (errors.SignInFailed("x", code="timeout"), "Nothing came back"),
        (errors.SignInFailed("x", code="an_unknown_code"), "did not succeed"),
        (errors.DownloadFailed("x", reason="too_large"), "Narrow the filters"),
        (errors.StorageFailed("x", reason="full", path="/a/b.gpkg"), "/a/b.gpkg"),
        (errors.NoMatch("boomkiker", ("Hyla arborea",)), "Did you mean Hyla arborea?"),
        (UnknownEnvironment("x"), "options"),
        (ValueError("x"), "see the log"),
    ],
)
def test_the_sentence_says_what_happened(error, words):
    assert words in explain(error)


def test_what_a_server_says_is_not_shown():
    assert "<script>" not in explain(errors.PortalFault("<script>alert(1)</script>"))


def test_a_name_with_braces_is_shown_as_it_is():
    assert "{path}" in explain(errors.NoMatch("{path}"))
