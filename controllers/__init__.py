from . import ask, portal
