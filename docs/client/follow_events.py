"""Follow what happens in the books: a small client of ``sync.event.changes`` (Python, ``requests``).

    BOOKS_URL=https://books.example.com BOOKS_KEY=... python follow_events.py cursor.txt

Each event is handled at least once; ``id`` tells one that comes again after a crash.
"""

import http.client
import os
import sys
import time
from pathlib import Path

import requests

SECONDS = 5


class BeginAnewError(Exception):
    """The cursor is gone: the database was restored or copied, or the events after it were purged."""


def call(method, **arguments):
    reply = requests.post(
        f"{os.environ['BOOKS_URL']}/json/2/sync.event/{method}",
        headers={"Authorization": f"Bearer {os.environ['BOOKS_KEY']}"},
        json=arguments,
        timeout=60,
    )
    if reply.status_code == http.client.GONE:
        raise BeginAnewError(reply.json()["message"])
    reply.raise_for_status()
    return reply.json()


def read_everything():
    """Your part: read the records that you keep, for example by ``search_read``."""


def handle(event):
    """Your part: read the record that the event is about, or act on its name and payload."""
    print(event["seq"], event["at"], event["name"], event["res_model"], event["res_id"], event["payload"])


def begin(place):
    # The cursor first, then the records: what changes while they are read comes with the first page.
    cursor = call("head")
    read_everything()
    place.write_text(cursor or "")


def follow(place):
    while True:
        answer = call("changes", cursor=place.read_text() or None)
        for event in answer["events"]:
            handle(event)
        # Only after the page was handled: a crash before reads it again.
        place.write_text(answer["cursor"] or "")
        if not answer["more"]:
            time.sleep(SECONDS)


def main(path):
    place = Path(path)
    while True:
        try:
            if not place.exists():
                begin(place)
            follow(place)
        except BeginAnewError as reason:
            print(reason, file=sys.stderr)
            place.unlink(missing_ok=True)
        except requests.RequestException as error:
            print(error, file=sys.stderr)
            time.sleep(SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
