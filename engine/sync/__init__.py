"""Rules of the sync desk that need no records: when to try again, when to leave an address alone."""
