"""From a reading to a bill: whose it is, for whom, on which accounts and taxes; pure."""
