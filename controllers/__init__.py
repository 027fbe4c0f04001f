from . import approve, ask, cash_view, document, hook, metrics, portal, reconciliation
