"""Which API key a cursor's transaction acts for; core tells only the user."""

import weakref

# By cursor and not by request: XML-RPC sets the request aside, and a retried request opens a cursor anew.
_KEYS = weakref.WeakKeyDictionary()


def remember(cursor, key_id):
    """The transaction of ``cursor`` acts with this key: id in ``res_users_apikeys``, or False."""
    _KEYS[cursor] = key_id


def acting(cursor):
    """Id of the key, or False when nobody identified by a key."""
    return _KEYS.get(cursor, False)
