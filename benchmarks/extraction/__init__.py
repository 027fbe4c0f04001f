"""How often what the engine reads from documents is right, by what it was found by."""
