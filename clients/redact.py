"""Secrets taken out of what is stored, logged or shown."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MASK = "***"
SECRET_NAMES = re.compile(r"token|secret|passw|pwd|key|auth|cookie|signature|session|credential|code", re.I)
# `Bearer abc`, `api_key=abc`, `"token": "abc"` in running text.
_IN_TEXT = re.compile(
    r"""(?ix) (bearer|basic) \s+ [a-z0-9._~+/=-]+
        | ([a-z_-]*(?:token|secret|passw|pwd|api_?key|signature|credential)[a-z_-]* ["']? \s*[:=]\s* ["']?)
          [^\s"'&,;}]+""",
)
_URLS = re.compile(r"https?://[^\s\"'<>)\]]+")


def url(text):
    """A URL without user, password and secret parameters."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    try:
        port = parts.port
    except ValueError:
        port = None
    if port:
        host = f"{host}:{port}"
    if parts.username or parts.password:
        host = f"{MASK}@{host}"
    query = [(name, MASK if SECRET_NAMES.search(name) else value) for name, value in parse_qsl(parts.query, True)]
    return urlunsplit((parts.scheme, host, parts.path, urlencode(query, safe="*"), ""))


def headers(values):
    """Headers whose secret values are masked."""
    return {name: MASK if SECRET_NAMES.search(name) else value for name, value in values.items()}


def text(value, secrets=()):
    """Running text: known secrets, credentials in URLs and what looks like a secret are masked."""
    value = str(value)
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        value = value.replace(secret, MASK)
    value = _URLS.sub(lambda found: url(found.group(0)), value)
    return _IN_TEXT.sub(
        lambda found: f"{found.group(1) or ''} {MASK}" if found.group(1) else f"{found.group(2)}{MASK}", value
    )
