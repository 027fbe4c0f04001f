"""What a cut-over calls the fates of lines and entries."""

FATES = [
    ("asked", "To choose"),
    ("missing", "Bank only, up to the day"),
    ("left", "Books only, up to the day"),
    ("later", "Booked before, at the bank after"),
    ("sooner", "At the bank before, booked after"),
    ("matched", "Becomes outstanding, line matches it"),
    ("outstanding", "Becomes outstanding, no line yet"),
    ("new", "New: imported"),
    ("taken", "Imported all the same"),
    ("kept", "Stays on the account"),
    ("cancelled", "Entry and its reversal"),
    ("opening", "Opening"),
    ("earlier", "Before the file"),
    ("in_books", "In the books: not imported"),
]
#: What needs a person's look comes first, what needs nobody's last.
ORDER = {name: place for place, (name, _label) in enumerate(FATES)}
