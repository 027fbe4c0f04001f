"""Refusals that a client must be able to tell apart: each with its HTTP status."""

from http import HTTPStatus

from odoo.exceptions import UserError, ValidationError


class RetryLaterError(UserError):
    """Refused for now. ``retry_after``: seconds until another try makes sense, sent as ``Retry-After``."""

    http_status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, message, retry_after):
        super().__init__(message)
        self.retry_after = retry_after


class TooManyCallsError(RetryLaterError):
    http_status = HTTPStatus.TOO_MANY_REQUESTS


class TooLargeError(UserError):
    http_status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class KeyUsedError(UserError):
    """The idempotency key stands for another body."""

    http_status = HTTPStatus.CONFLICT


class ProposalError(ValidationError):
    """A proposal that breaks its schema. ``context["problems"]``: ``[{"path", "code"}]`` for programs."""

    def __init__(self, message, problems):
        super().__init__(message)
        self.context = {"problems": problems}


class CursorGoneError(UserError):
    """A position that this database can't go on from: begin anew."""

    http_status = HTTPStatus.GONE
