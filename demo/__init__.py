"""The demo company that bin/demo builds; not part of the installed addon."""
