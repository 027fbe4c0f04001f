"""python-stdnum, also where its tables can't be found at first.

Some of its modules read tables that lie beside the code (``stdnum.iban``: lengths by country). Odoo patches the
package while it is imported and leaves a loader that finds no files: ``FileNotFoundError: Can't open orphan path``.
The ordinary loader is put back before such a module is imported; the package itself stays as it is.
"""

from __future__ import annotations

from importlib.machinery import SourceFileLoader

import stdnum

_spec = stdnum.__spec__
if _spec is not None and _spec.origin and not hasattr(_spec.loader, "get_resource_reader"):
    _spec.loader = SourceFileLoader(_spec.name, _spec.origin)

from stdnum import get_cc_module, iban  # noqa: E402
from stdnum.eu import vat as eu_vat  # noqa: E402
from stdnum.exceptions import ValidationError  # noqa: E402

__all__ = ["ValidationError", "eu_vat", "get_cc_module", "iban"]
