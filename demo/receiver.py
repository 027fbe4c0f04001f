"""What the demo's webhooks reach, on this machine only: a shop that takes everything, a warehouse that is in trouble,
and an old portal whose address is gone.

    python demo/receiver.py 8975
"""

import ctypes
import http.server
import signal
import sys

PORT = 8975
PR_SET_PDEATHSIG = 1
ANSWERS = {"/shop": 200, "/warehouse": 503, "/old-portal": 404}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(ANSWERS.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        """Say nothing: the log of deliveries tells it."""


def _end_with_parent():
    """The server that started it may be killed; nothing stays behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main(port):
    _end_with_parent()
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PORT)
