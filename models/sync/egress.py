"""How this server may reach the world, from its configuration file only: nobody who uses Odoo can widen it.

``ai_bookkeeper_egress_proxy``     http://proxy:3128; it looks names up, and must do its own guarding
``ai_bookkeeper_allow_networks``   10.1.0.0/16, fd00::/8: addresses of the own network that may be reached
``ai_bookkeeper_ca_file``          certificates to trust instead of the public ones
"""

import logging

from odoo.tools import config

from ...clients import addresses

_logger = logging.getLogger(__name__)
PROXY = "ai_bookkeeper_egress_proxy"
NETWORKS = "ai_bookkeeper_allow_networks"
CA_FILE = "ai_bookkeeper_ca_file"


def door():
    """Keyword arguments of ``clients.http.Request`` for whatever people configured an address of."""
    return {"networks": _networks(), "proxy": _option(PROXY), "ca_file": _option(CA_FILE)}


def may_be_plain(host):
    """Whether ``host`` is spelled as an address of the own network: nothing would leave it unencrypted."""
    spelled = addresses.literal(host or "")
    return bool(spelled) and not addresses.is_allowed(spelled) and addresses.is_allowed(spelled, _networks())


def _networks():
    told = tuple(text.strip() for text in (_option(NETWORKS) or "").split(",") if text.strip())
    wrong = addresses.wrong_networks(told)
    if wrong:
        _logger.error("%s of the configuration file holds what is no network: %s", NETWORKS, ", ".join(wrong))
    return told


def _option(name):
    return (config.get(name) or "").strip() or None
