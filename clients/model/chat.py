"""One question to a language model by "chat completions" of the OpenAI-compatible interface, answered in strict JSON.

No tools are offered, nothing the model says is called, and an answer that is not of the schema is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import http
from ..errors import ClientError

PATH = "/chat/completions"
_MOST_BYTES = 1_000_000
_MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Question:
    """``url``: base of the interface ("https://api.example.com/v1"). ``messages``: ``{"role", "content"}`` each.
    ``names``: of the fields that are asked for; each is a text or null. ``most_tokens``: of the answer."""

    url: str
    model: str
    messages: tuple[Mapping[str, str], ...]
    names: tuple[str, ...]
    most_tokens: int = 800


@dataclass(frozen=True, slots=True)
class Answer:
    """``values``: what the model says of each field that it knows. ``text``: its answer as it came. ``sizes``: tokens
    of the question and of the answer as the server counts them, None when it does not."""

    values: dict[str, str]
    text: str
    asked_tokens: int | None = None
    answered_tokens: int | None = None


def body_of(question: Question) -> bytes:
    """Exactly the bytes that are sent."""
    schema = {
        "type": "object",
        "properties": {name: {"type": ["string", "null"]} for name in question.names},
        "required": list(question.names),
        "additionalProperties": False,
    }
    told = {
        "model": question.model,
        "messages": [dict(message) for message in question.messages],
        "temperature": 0,
        "max_tokens": question.most_tokens,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "fields", "strict": True, "schema": schema},
        },
    }
    return json.dumps(told, ensure_ascii=False).encode()


def send(question: Question, body: bytes, key: str | None, *, timeout: float, **door: Any) -> Answer:
    """Ask once.

    :param body: of :func:`body_of`, so that what is kept is what is sent
    :param door: ``networks``, ``proxy``, ``ca_file`` of ``http.Request``
    :raise ClientError: also when the answer is not what was asked for (``reason`` "bad_answer")
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    reply = http.send(
        http.Request(
            "POST",
            question.url.rstrip("/") + PATH,
            headers=headers,
            body=body,
            timeout=timeout,
            secrets=(key,) if key else (),
            most_bytes=_MOST_BYTES,
            **door,
        )
    )
    return understood(reply.body, question.names)


def understood(body: bytes, names: Sequence[str]) -> Answer:
    """What a reply says.

    :raise ClientError: it is not of the schema
    """
    try:
        told = json.loads(body)
        text = told["choices"][0]["message"]["content"]
        values = json.loads(text)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise _refused("The answer is no JSON of the interface.") from None
    if not isinstance(values, dict) or set(values) - set(names):
        raise _refused("The answer names fields that nobody asked for.")
    if not all(value is None or (isinstance(value, str) and len(value) <= _MOST_TEXT) for value in values.values()):
        raise _refused("The answer holds values that are no short texts.")
    usage = told.get("usage") if isinstance(told.get("usage"), dict) else {}
    kept = {name: value.strip() for name, value in values.items() if value and value.strip()}
    return Answer(kept, text, _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))


def _count(value):
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _refused(message):
    return ClientError(message, permanent=True, reason="bad_answer")
