{
    "name": "AI Bookkeeper: a connector for tests",
    "summary": "A small system of its own that the sync desk speaks to in tests; never shipped",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "AI Bookkeeper contributors",
    "category": "Hidden/Tests",
    "website": "https://github.com/ai-bookkeeper/ai_bookkeeper",
    "depends": ["ai_bookkeeper"],
    "installable": True,
}
