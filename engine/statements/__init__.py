"""Bank statements: what the bank told, where its statements do not join, and what keeps the ledger apart from it."""
