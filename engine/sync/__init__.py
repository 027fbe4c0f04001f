"""Rules of the sync desk that need no records: when to try again, when to leave an address alone."""

"""Arithmetic of the sync desk: when to try again, what has a breaker open, what is the same content."""
