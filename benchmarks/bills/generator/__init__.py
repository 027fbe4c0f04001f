"""Vendors that do not exist and what they send: languages, layouts and amounts from seeds."""

from .make import bills_of, vendors
