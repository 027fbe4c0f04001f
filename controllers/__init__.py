from . import ask, metrics, portal
