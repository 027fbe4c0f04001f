"""Attacks on the door with real sockets on this machine: it reaches nothing but what it may."""

import contextlib
import datetime
import ipaddress
import socket
import ssl
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clients import addresses
from clients.errors import ClientError
from clients.http import Request, send

LOCAL = ("127.0.0.0/8",)
NOT_PUBLIC = """
    0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 172.31.255.255
    192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1
    239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
    64:ff9b::10.0.0.1 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1::
    2002:c0a8:101:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
""".split()
PUBLIC = "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.32.0.1 193.0.0.1 2606:4700::1111 64:ff9b::8.8.8.8".split()
SPELLED = """
    127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7F.0.0.0x1 017700000001 0177.0.0.1 0177.1 localhost
    LOCALHOST foo.localhost localhost. 127.0.0.1. 0 0.0.0.0
""".split()
SPELLED_V6 = """
    ::1 0:0:0:0:0:0:0:1 ::ffff:127.0.0.1 ::ffff:7f00:1 0:0:0:0:0:ffff:7f00:0001 ::127.0.0.1 64:ff9b::127.0.0.1
""".split()


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = []
    connections = set()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        Server.seen.append((self.path, dict(self.headers), body))
        Server.connections.add(self.client_address)
        getattr(self, f"answer_{self.path.strip('/').split('?')[0]}", self.answer)()

    do_GET = do_POST

    def answer(self, status=200, body=b"fine", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_moved(self):
        self.answer(302, Location=f"http://127.0.0.1:{self.server.server_port}/secret")

    def answer_cookie(self):
        self.answer(Set_Cookie="session=1; Path=/")

    def answer_zipped(self):
        self.answer(body=b"\x1f\x8b" + b"x" * 100, Content_Encoding="gzip")

    def drip(self, data, seconds=0.05):
        for index in range(len(data)):
            self.wfile.write(data[index : index + 1])
            self.wfile.flush()
            time.sleep(seconds)

    def answer_dripping_headers(self):
        self.close_connection = True
        self.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400)

    def answer_dripping_body(self):
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n")
        self.drip(b"x" * 400)

    def answer_dripping_refusal(self):
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 400\r\nRetry-After: 7\r\n\r\n")
        self.drip(b"x" * 400)

    def answer_truncated(self):
        self.close_connection = True
        self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"half": ')

    def answer_reset(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()

    def log_message(self, *_args):
        """Tests are silent."""


class Tunnel(BaseHTTPRequestHandler):
    """A proxy that connects to one port of this machine, whatever it is asked for."""

    seen = []

    def do_CONNECT(self):
        Tunnel.seen.append((self.path, self.headers.get("Proxy-Authorization")))
        if self.path.startswith("forbidden."):
            self.send_error(403)
            return
        other = socket.create_connection(("127.0.0.1", self.server.leads_to))
        self.send_response(200)
        self.end_headers()
        threading.Thread(target=self.relay, args=(other, self.connection), daemon=True).start()
        self.relay(self.connection, other)

    @staticmethod
    def relay(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        target.close()

    def log_message(self, *_args):
        """Tests are silent."""


class GuardCase(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        Server.seen.clear()
        Server.connections.clear()

    def post(self, host="127.0.0.1", path="/ok", scheme="http", **values):
        values = {"timeout": 3, **values}
        return send(Request("POST", f"{scheme}://{host}:{self.port}{path}", body=b"{}", **values))

    def refused(self, reason, *args, **values):
        before = len(Server.seen)
        with self.assertRaises(ClientError) as caught:
            self.post(*args, **values)
        self.assertEqual(caught.exception.reason, reason, str(caught.exception))
        if reason == "private_address":
            self.assertTrue(caught.exception.permanent)
            self.assertEqual(len(Server.seen), before, "nothing arrived")
        return caught.exception

    def names(self, **answers):
        """Names that resolve to what is told, one list after the other when there are several look-ups."""
        real = socket.getaddrinfo
        self.looked_up = []

        def resolve(host, port, *args, **kwargs):
            self.looked_up.append(host)
            for name, lists in answers.items():
                if host == name.replace("_", "."):
                    found = lists.pop(0) if len(lists) > 1 else lists[0]
                    kinds = [socket.AF_INET6 if ":" in text else socket.AF_INET for text in found]
                    return [
                        (kind, socket.SOCK_STREAM, 6, "", (text, port)) for kind, text in zip(kinds, found, strict=True)
                    ]
            return real(host, port, *args, **kwargs)

        return mock.patch("socket.getaddrinfo", resolve)


class TestAddresses(unittest.TestCase):
    def test_what_is_not_public_is_refused(self):
        for text in NOT_PUBLIC:
            self.assertFalse(addresses.is_allowed(text), text)
        for text in ("", "nonsense", "1.2.3", "1.2.3.4.5"):
            self.assertFalse(addresses.is_allowed(text), text)

    def test_what_is_public_is_allowed(self):
        for text in PUBLIC:
            self.assertTrue(addresses.is_allowed(text), text)

    def test_nothing_that_python_knows_as_special_is_public(self):
        for text in NOT_PUBLIC + PUBLIC:
            address = ipaddress.ip_address(text.split("%")[0])
            if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
                self.assertFalse(addresses.is_allowed(text) and not text.startswith("64:ff9b::8"), text)

    def test_networks_of_the_configuration_are_allowed(self):
        self.assertTrue(addresses.is_allowed("10.1.2.3", ["10.1.0.0/16"]))
        self.assertTrue(addresses.is_allowed("::ffff:10.1.2.3", ["10.1.0.0/16"]))
        self.assertTrue(addresses.is_allowed("fd00::5", ["fd00::/8"]))
        self.assertTrue(addresses.is_allowed("10.1.2.3", ["10.1.2.3"]))
        self.assertFalse(addresses.is_allowed("10.2.2.3", ["10.1.0.0/16", "nonsense"]))
        self.assertEqual(addresses.wrong_networks(["10.0.0.0/8", "x", "::1/129"]), ["x", "::1/129"])

    def test_every_spelling_is_read(self):
        for text in SPELLED[:-2]:
            self.assertEqual(addresses.literal(text), "127.0.0.1", text)
        self.assertIsNone(addresses.literal("example.com"))
        self.assertIsNone(addresses.literal("☃.example"))


class TestGuard(GuardCase):
    def test_spelled_addresses_are_refused(self):
        for host in SPELLED:
            with self.subTest(host=host):
                self.refused("private_address", host)
        for host in SPELLED_V6:
            with self.subTest(host=host), self.assertRaises(ClientError) as caught:
                self.post(f"[{host}]")
            self.assertIn(caught.exception.reason, ("private_address", "unknown_host"))
        self.assertEqual(Server.seen, [])

    def test_wide_digits_and_dots_are_no_way_round(self):
        for host in ("①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1"):
            with self.subTest(host=host), self.assertRaises(ClientError):
                self.post(host)
        self.assertEqual(Server.seen, [])

    def test_names_that_resolve_to_private_addresses(self):
        for text in ("127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "100.64.1.1"):
            with self.subTest(address=text), self.names(hook_example=[[text]]):
                self.refused("private_address", "hook.example")

    def test_one_private_answer_among_public_ones(self):
        for found in (["1.1.1.1", "127.0.0.1"], ["127.0.0.1", "1.1.1.1"]):
            with self.names(hook_example=[found]):
                self.refused("private_address", "hook.example")

    def test_an_answer_that_changes_after_the_check(self):
        """The second look-up would say 127.0.0.1: there is none, and nothing arrives."""
        with self.names(hook_example=[["192.0.2.99"], ["127.0.0.1"]]):
            with self.assertRaises(ClientError):
                self.post("hook.example", networks=("192.0.2.0/24",), timeout=0.5)
            self.assertEqual(self.looked_up, ["hook.example"])
        self.assertEqual(Server.seen, [])

    def test_the_checked_address_is_the_one_that_is_reached(self):
        with self.names(hook_example=[["127.0.0.1"], ["10.255.255.1"]]):
            self.post("hook.example", networks=LOCAL)
            self.assertEqual(self.looked_up, ["hook.example"])
        self.assertEqual(Server.seen[0][1]["Host"], f"hook.example:{self.port}")

    def test_the_next_address_is_tried(self):
        with self.names(hook_example=[["127.0.0.9", "127.0.0.1"]]):
            self.assertEqual(self.post("hook.example", networks=LOCAL).status, 200)

    def test_redirects_to_private_addresses_go_nowhere(self):
        with self.names(hook_example=[["127.0.0.1"]]):
            error = self.refused("moved", "hook.example", "/moved", networks=LOCAL)
        self.assertEqual((error.status, error.permanent, len(Server.seen)), (302, True, 1))

    def test_what_the_configuration_allows_and_what_is_not_guarded(self):
        self.assertEqual(self.post(networks=LOCAL).status, 200)
        self.refused("private_address", networks=("10.0.0.0/8",))
        self.assertEqual(self.post(guarded=False).status, 200)

    def test_an_open_connection_is_no_way_round(self):
        self.post(networks=LOCAL)
        self.refused("private_address")

    def test_a_proxy_is_no_way_to_spelled_addresses(self):
        proxy = f"http://127.0.0.1:{self.port}"
        for host in ("127.0.0.1", "0x7f.1", "[::1]", "localhost"):
            self.refused("private_address", host, proxy=proxy)
        self.assertEqual(self.post("hook.example", proxy=proxy).status, 200)
        self.assertEqual(Server.seen[-1][0], f"http://hook.example:{self.port}/ok")

    def test_other_parts_of_the_url_are_no_way_round(self):
        for url in (
            f"http://1.1.1.1@127.0.0.1:{self.port}/",
            f"http://127.0.0.1:{self.port}\\@example.com/",
            f"http://127.0.0.1:{self.port}#@example.com/",
            f"http://127.0.0.1:{self.port}?@example.com/",
            f"http:///127.0.0.1:{self.port}/",
            f"http://[::ffff:127.0.0.1]:{self.port}/",
            "http://127.0.0.1:0/",
            "http://127.0.0.1:99999/",
            "http://[::1/",
            "gopher://127.0.0.1/",
            "unix:///var/run/docker.sock",
        ):
            with self.subTest(url=url), self.assertRaises(ClientError):
                send(Request("POST", url, timeout=1))
        self.assertEqual(Server.seen, [])

    def test_headers_that_cannot_be_sent(self):
        for name, value in (("X", "ü"), ("X Y", "1"), ("", "1"), ("X", "a\r\nb: c"), ("X:", "1"), ("X", "\x00")):
            with self.subTest(name=name, value=value):
                self.refused("bad_request", networks=LOCAL, headers={name: value})


class TestTime(GuardCase):
    def took(self, *args, **values):
        start = time.monotonic()
        try:
            result = self.post(*args, networks=LOCAL, **values)
        except ClientError as error:
            result = error
        return result, time.monotonic() - start

    def test_dripping_headers_end_at_the_deadline(self):
        error, seconds = self.took(path="/dripping_headers", timeout=0.7)
        self.assertEqual((error.reason, error.maybe_done, error.permanent), ("timeout", True, False))
        self.assertLess(seconds, 1.2)

    def test_dripping_bodies_end_at_the_deadline(self):
        error, seconds = self.took(path="/dripping_body", timeout=0.7)
        self.assertEqual((error.reason, error.maybe_done), ("timeout", True))
        self.assertLess(seconds, 1.2)

    def test_a_body_that_nobody_needs_is_not_waited_for(self):
        reply, seconds = self.took(path="/dripping_body", timeout=30, needs_body=False)
        self.assertEqual(reply.status, 200)
        self.assertLess(seconds, 3)
        self.assertEqual(self.took(path="/truncated", needs_body=False)[0].status, 200)

    def test_a_refusal_counts_though_its_body_drips(self):
        error, seconds = self.took(path="/dripping_refusal", timeout=30)
        self.assertEqual((error.status, error.retry_after), (503, 7.0))
        self.assertLess(seconds, 3)

    def test_half_an_answer_is_none(self):
        error = self.took(path="/truncated")[0]
        self.assertEqual((error.reason, error.maybe_done, error.permanent), ("broken_off", True, False))

    def test_a_reset_leaves_it_open(self):
        error = self.took(path="/reset")[0]
        self.assertEqual((error.reason, error.maybe_done, error.permanent), ("broken_off", True, False))

    def test_what_never_left_is_not_in_doubt(self):
        self.server.shutdown()
        self.server.server_close()
        error = self.took()[0]
        self.assertEqual((error.reason, error.maybe_done, error.permanent), ("unreachable", False, False))
        error = self.took(host="no-such-name.invalid")[0]
        self.assertEqual((error.reason, error.maybe_done, error.permanent), ("unknown_host", False, False))

    def test_bodies_are_cut_where_told(self):
        self.assertEqual(self.took(most_bytes=2)[0].body, b"fi")

    def test_bodies_are_not_unfolded(self):
        reply = self.took(path="/zipped")[0]
        self.assertEqual(len(reply.body), 102)
        self.assertEqual(Server.seen[-1][1]["Accept-Encoding"], "identity")

    def test_cookies_are_not_kept(self):
        self.took(path="/cookie")
        self.took()
        self.assertNotIn("Cookie", Server.seen[-1][1])

    def test_a_batch_goes_through_one_connection_and_a_failure_opens_another(self):
        for _each in range(5):
            self.took()
        self.assertEqual(len(Server.connections), 1)
        self.took(path="/truncated")
        self.took()
        self.assertEqual(len(Server.connections), 2)

    def test_a_connection_that_the_server_closed_is_not_used(self):
        self.took()
        self.server.shutdown()
        self.server.server_close()
        again = ThreadingHTTPServer(("127.0.0.1", self.port), Server)
        threading.Thread(target=again.serve_forever, daemon=True).start()
        self.addCleanup(again.server_close)
        self.addCleanup(again.shutdown)
        self.assertEqual(self.took()[0].status, 200)


class TestCertificates(GuardCase):
    """The connection goes to a checked address; the certificate must be of the name."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.issuer = self.certificate("issuer.example")
        made = self.certificate("hook.example", self.issuer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made[2])
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def certificate(self, name, issuer=None):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer[0].subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
            .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), True)
        )
        made = builder.sign(issuer[1] if issuer else key, hashes.SHA256())
        path = self.folder / f"{name}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
        return made, key, path

    def test_the_name_is_verified_though_an_address_is_reached(self):
        told = {"scheme": "https", "networks": LOCAL, "ca_file": str(self.issuer[2])}
        with self.names(hook_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]]):
            self.assertEqual(self.post("hook.example", **told).status, 200)
            self.refused("certificate", "other.example", **told)
            self.refused("certificate", "127.0.0.1", **told)
            self.refused("certificate", "hook.example", scheme="https", networks=LOCAL)
            self.refused("private_address", "hook.example", scheme="https", ca_file=told["ca_file"])
        self.assertEqual(len(Server.seen), 1)

    def test_a_proxy_passes_on_and_the_name_is_verified_all_the_same(self):
        proxy = ThreadingHTTPServer(("127.0.0.1", 0), Tunnel)
        proxy.leads_to = self.port
        threading.Thread(target=proxy.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(proxy.server_close)
        self.addCleanup(proxy.shutdown)
        Tunnel.seen.clear()
        told = {"scheme": "https", "ca_file": str(self.issuer[2])}
        told["proxy"] = f"http://user:geheim@127.0.0.1:{proxy.server_port}"
        with self.names(hook_example=[["127.0.0.1"]]):
            self.assertEqual(self.post("hook.example", **told).status, 200)
            self.assertNotIn("hook.example", self.looked_up, "the proxy looks it up")
        self.assertEqual(Tunnel.seen, [(f"hook.example:{self.port}", "Basic dXNlcjpnZWhlaW0=")])
        self.refused("certificate", "other.example", **told)
        error = self.refused("proxy", "forbidden.example", **told)
        self.assertNotIn("geheim", str(error))
        self.refused("private_address", "127.0.0.1", **told)
        self.assertEqual(len(Server.seen), 1)

    def test_silence_in_the_handshake_ends(self):
        silent = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silent.close)
        start = time.monotonic()
        with self.assertRaises(ClientError) as caught:
            url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
            send(Request("POST", url, timeout=0.5, networks=LOCAL))
        self.assertEqual((caught.exception.reason, caught.exception.maybe_done), ("timeout", False))
        self.assertLess(time.monotonic() - start, 1.5)


if __name__ == "__main__":
    unittest.main()
