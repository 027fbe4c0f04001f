"""Odoo patches ``stdnum`` on import and leaves it a loader that can't open the package's number tables, which
``stdnum.iban`` and several VAT modules need. The loader of the file is put back."""

from importlib.machinery import SourceFileLoader

import stdnum

if not hasattr(stdnum.__spec__.loader, "get_resource_reader"):
    stdnum.__spec__.loader = SourceFileLoader("stdnum", stdnum.__file__)
