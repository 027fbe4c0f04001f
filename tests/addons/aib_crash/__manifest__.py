{
    "name": "AI Bookkeeper: crashes on purpose",
    "summary": "For tests: the process dies at a named place",
    "version": "19.0.1.0.0",
    "author": "AI Bookkeeper contributors",
    "license": "LGPL-3",
    "category": "Hidden",
    "depends": ["ai_bookkeeper"],
    "installable": True,
}
