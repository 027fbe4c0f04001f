"""What a cut-over calls the fates of lines and entries."""

FATES = [
    ("asked", "To choose"),
    ("missing", "Bank only"),
    ("left", "Books only"),
    ("later", "On its way"),
    ("sooner", "Booked after"),
    ("matched", "Paired: outstanding"),
    ("outstanding", "Outstanding"),
    ("new", "New: imported"),
    ("taken", "Imported anyway"),
    ("kept", "Stays"),
    ("cancelled", "Reversed"),
    ("opening", "Opening"),
    ("earlier", "Before the file"),
    ("in_books", "In the books"),
]
#: What needs a person's look comes first, what needs nobody's last.
ORDER = {name: place for place, (name, _label) in enumerate(FATES)}
