"""What every connector must pass; a connector's own tests subclass it."""
