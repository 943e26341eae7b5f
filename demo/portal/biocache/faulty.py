"""How the occurrence service says that something went wrong (contract/occurrences 1.2)."""

from __future__ import annotations

from flask import Response

QUERY_SYNTAX = "Query syntax invalid"
UNKNOWN_QID = "Unrecognised QID"
INVALID_PROPERTY = "InvalidProperty"
SERVER_ERROR = "Server error"


class ServiceFault(Exception):
    """An error that the service answers as JSON of its own making."""

    def __init__(self, status: int, error_type: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error_type = error_type
        self.message = message

    def response(self) -> Response:
        # The page that writes this escapes quotes and line breaks only: a backslash in the
        # message spoils the JSON, as it does in the real service.
        message = self.message.replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n")
        body = (
            f'\n\n\n{{"message": "{message}", "errorType": "{self.error_type}", '
            f'"statusCode": {self.status}}}\n'
        )
        return Response(body, self.status, content_type="application/json;charset=UTF-8")


class BadParameter(Exception):
    """A parameter cannot be bound: 400 with an empty body."""


def query_fault(message: str) -> ServiceFault:
    return ServiceFault(400, QUERY_SYNTAX, message)


def server_fault(message: str) -> ServiceFault:
    return ServiceFault(500, SERVER_ERROR, message)
