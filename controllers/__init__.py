from . import ask, document, hook, metrics, portal
