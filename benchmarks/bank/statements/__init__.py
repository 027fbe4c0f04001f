"""Statement files as banks deliver them, one format per module."""
