"""Which network addresses a request that people configured may reach: the public internet, and what is allowed.

The list is our own: what ``ipaddress`` calls private changed between versions of Python, and misses multicast.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

#: The special-purpose registries of IANA: not one of them is a server on the internet.
_NOT_PUBLIC_V4 = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_V6 = ip_network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    ip_network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds an IPv4 address of anybody's choice
        "3fff::/20",  # documentation
    )
)
#: Networks whose last four bytes are an IPv4 address that is reached in the end.
_HOLDS_V4 = tuple(IPv6Network(text) for text in ("::ffff:0:0/96", "64:ff9b::/96"))


def is_allowed(text: str, networks: Iterable[str] = ()) -> bool:
    """Whether ``text``, one address as resolvers give it, is public or inside one of ``networks`` (CIDR)."""
    try:
        address = _real(ip_address(text.split("%")[0]))
    except ValueError:
        return False
    return _is_public(address) or any(address in network for network in _networks(networks))


def literal(host: str) -> str | None:
    """The address that ``host`` spells in any form that resolvers understand: ``2130706433`` is 127.0.0.1."""
    host = host.strip("[]").rstrip(".")
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return "127.0.0.1"
    if ":" in host:
        try:
            return str(ip_address(host.split("%")[0]))
        except ValueError:
            return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError, ValueError):
        return None


def wrong_networks(networks: Iterable[str]) -> list[str]:
    """Those of ``networks`` that are no CIDR."""
    return [text for text in networks if not _network(text)]


def _networks(networks):
    return filter(None, map(_network, networks))


def _network(text):
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _real(address: IPv4Address | IPv6Address):
    """What is reached in the end: the IPv4 address inside an IPv6 one."""
    if isinstance(address, IPv6Address) and any(address in network for network in _HOLDS_V4):
        return IPv4Address(address.packed[-4:])
    return address


def _is_public(address):
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    return address in _PUBLIC_V6 and not any(address in network for network in _NOT_PUBLIC_V6)
