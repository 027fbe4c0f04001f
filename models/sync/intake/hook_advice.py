"""What the test of the public address found, in words, and what to set."""

import ipaddress
import re
from urllib.parse import urlsplit

#: Names that lead nowhere from outside.
LOCAL = ("localhost", "localhost.localdomain")
LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".test")


def advice(env, finding):
    """``(is it good, sentences)`` for a finding of ``sync.connection._hook_finding``; the result comes first."""
    reached, sentences = _reached(env, finding)
    warnings = _proxy(env, finding) if reached else []
    outside = _from_outside(env, finding)
    return reached and not warnings and not outside, [*sentences, *warnings, *outside]


def _reached(env, finding):
    base, database = finding["base"], finding["database"]
    if finding.get("is_ours"):
        return True, [env._("%(base)s leads to exactly this database (%(database)s).", base=base, database=database)]
    status = finding.get("status")
    if status is None:
        first = env._(
            "%(base)s can't be called from this server: %(error)s", base=base, error=finding.get("error") or "?"
        )
        second = env._(
            "Look whether web.base.url (Settings, Technical, System Parameters) is the address that others use, and "
            "whether the server may call itself there. With a single worker Odoo can't answer itself: set workers to 2 "
            "or more, or to 0."
        )
        return False, [first, second]
    if 300 <= status < 400:
        return False, [
            env._(
                "%(base)s sends callers on to another address. Set web.base.url to the address where that ends "
                "(mostly https:// instead of http://): senders of webhooks do not follow.",
                base=base,
            )
        ]
    if status == 404:
        return False, [
            env._("%(base)s does not lead to one database without a session.", base=base),
            _database_words(env, finding),
        ]
    if status in (401, 429):
        return False, [
            env._("%(base)s leads to another database than %(database)s.", base=base, database=database),
            _database_words(env, finding),
        ]
    return False, [
        env._(
            "%(base)s answered with status %(status)s. Something stands before Odoo there: let requests to "
            "/ai_bookkeeper/hook/ pass unchanged (method, headers and body).",
            base=base,
            status=status,
        )
    ]


def _database_words(env, finding):
    host = urlsplit(finding["base"]).hostname or ""
    return env._(
        "In Odoo's configuration file set dbfilter = %(filter)s if this server's callers shall always get this "
        "database; with a host for each database set dbfilter = ^%%d$ and name the database like the first part of "
        "the host (%(label)s). Or let the proxy of this host send the header X-Odoo-Database: %(database)s. Then "
        "restart Odoo and test again. Now it is dbfilter = %(now)s.",
        filter=f"^{re.escape(finding['database'])}$",
        label=host.split(".")[0],
        database=finding["database"],
        now=finding["dbfilter"] or env._("(empty)"),
    )


def _proxy(env, finding):
    forwarded = finding["told"].get("forwarded") or []
    if forwarded and not finding["proxy_mode"]:
        return [
            env._(
                "A proxy stands before Odoo, and proxy_mode is off: every caller seems to have the proxy's address. "
                "Set proxy_mode = True in Odoo's configuration file and restart it."
            )
        ]
    if finding["proxy_mode"] and "HTTP_X_FORWARDED_HOST" not in forwarded:
        return [
            env._(
                "proxy_mode is on, but no X-Forwarded-Host came with the call, and Odoo ignores a proxy's words "
                "without it. Let the proxy send X-Forwarded-Host, X-Forwarded-For and X-Forwarded-Proto; or, without "
                "a proxy, set proxy_mode = False, for otherwise callers choose their address themselves."
            )
        ]
    scheme = urlsplit(finding["base"]).scheme
    if finding["told"].get("scheme") != scheme:
        return [
            env._(
                "The address begins with %(scheme)s, but Odoo was called by %(told)s. Let the proxy send "
                "X-Forwarded-Proto.",
                scheme=scheme,
                told=finding["told"].get("scheme"),
            )
        ]
    return []


def _from_outside(env, finding):
    parts = urlsplit(finding["base"])
    host = parts.hostname or ""
    try:
        is_local = not ipaddress.ip_address(host).is_global
    except ValueError:
        is_local = host in LOCAL or host.endswith(LOCAL_ENDINGS) or "." not in host
    sentences = []
    if is_local:
        sentences.append(
            env._(
                "%(host)s is an address of this machine or network only: systems outside don't find it. Set "
                "web.base.url to the public address, and web.base.url.freeze so that it stays.",
                host=host,
            )
        )
    elif parts.scheme != "https":
        sentences.append(
            env._("The address is not encrypted. Set up https and change web.base.url: most senders demand it.")
        )
    return sentences
