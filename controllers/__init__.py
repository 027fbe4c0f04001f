from . import ask, hook, metrics, portal
