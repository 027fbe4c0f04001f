"""Standard Webhooks: the official vectors, their negative cases, and the official library as the receiver."""

import base64
import json
import os
import time
import unittest
from pathlib import Path

from clients.signature import SignatureError, headers, key, new_secret, sign, verify

try:
    import standardwebhooks
except ImportError:
    standardwebhooks = None

DATA = Path(os.environ.get("AI_BOOKKEEPER_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
VECTORS = DATA / "webhooks" / "sign_vectors.json"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = 1614265330
BODY = b'{"test": 2432232314}'
#: The vector that every official library carries, and one of each odd kind: they hold without the shared folder.
OWN = [
    (ID, AT, BODY, SECRET, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    (ID, AT, BODY, OTHER, "v1,/485aUtxlie+TIScVpHggMfqOB4so2KWb7+Gf727B44="),
]


def vectors():
    if not VECTORS.is_file():
        return OWN
    rows = json.loads(VECTORS.read_text())
    return OWN + [
        (row["id"], int(row["timestamp"]), row["payload"].encode(), row["secret"], row["signature"]) for row in rows
    ]


class TestSignature(unittest.TestCase):
    def good(self, **changes):
        found = {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": OWN[0][4], **changes}
        return {name: value for name, value in found.items() if value is not None}

    def assertRefused(self, reason, secrets=(SECRET,), body=BODY, now=AT, **changes):
        with self.assertRaises(SignatureError) as caught:
            verify(secrets, self.good(**{name.replace("_", "-"): value for name, value in changes.items()}), body, now)
        self.assertEqual(caught.exception.reason, reason)

    # === VECTORS === #

    def test_vectors_are_signed_to_the_letter_and_verified(self):
        for message_id, at, body, secret, signature in vectors():
            with self.subTest(id=message_id, secret=secret):
                self.assertEqual(sign(secret, message_id, at, body), signature)
                made = {"Webhook-Id": message_id, "Webhook-Timestamp": str(at), "Webhook-Signature": signature}
                self.assertEqual(verify([secret], made, body, now=at), message_id)
                with self.assertRaises(SignatureError):
                    verify([secret], made, body + b" ", now=at)

    def test_the_official_library_verifies_ours_and_we_its(self):
        self.assertTrue(standardwebhooks, "bin/setup installs standardwebhooks")
        now = int(time.time())
        for message_id, _at, body, secret, _signature in vectors():
            with self.subTest(id=message_id):
                official = standardwebhooks.Webhook(secret)
                official.verify(body, headers([secret], message_id, now, body), json_parse=False)
                both = headers([new_secret(), secret], message_id, now, body)
                official.verify(body, both, json_parse=False)
                with self.assertRaises(standardwebhooks.WebhookVerificationError):
                    official.verify(body, headers([new_secret()], message_id, now, body), json_parse=False)

    # === SECRETS === #

    def test_secrets_with_and_without_prefix_and_padding(self):
        bare = SECRET.removeprefix("whsec_")
        unpadded = base64.b64encode(b"x" * 25).decode().rstrip("=")
        self.assertEqual(key(SECRET), key(bare))
        self.assertEqual(key(f"whsec_{unpadded}"), b"x" * 25)
        self.assertEqual(key(f"{unpadded}=="), b"x" * 25)
        self.assertEqual(key(b"raw"), b"raw")
        self.assertEqual(key(f" {SECRET}\n"), key(SECRET))

    def test_secrets_that_are_none(self):
        for secret in ("", "whsec_", b"", "whsec_ü", "whsec_!!!!", "a"):
            with self.subTest(secret=secret), self.assertRaises(ValueError):
                key(secret)

    def test_new_secrets_are_random_and_long_enough(self):
        made = {new_secret() for _each in range(50)}
        self.assertEqual(len(made), 50)
        self.assertTrue(all(each.startswith("whsec_") and 24 <= len(key(each)) <= 64 for each in made))

    # === REFUSED === #

    def test_missing_headers(self):
        for name in ("webhook_id", "webhook_timestamp", "webhook_signature"):
            self.assertRefused("missing_header", **{name: None})
            self.assertRefused("missing_header", **{name: ""})

    def test_old_and_future_timestamps(self):
        self.assertRefused("too_old", now=AT + 301)
        self.assertRefused("too_new", now=AT - 301)
        for now in (AT - 300, AT + 300):
            self.assertEqual(verify([SECRET], self.good(), BODY, now), ID)

    def test_timestamps_that_are_none(self):
        for text in ("hello", "1614265330.0", "+1614265330", " 1614265330", "1e9", "-1", "١٦١٤٢٦٥٣٣٠", "9" * 400):
            with self.subTest(text=text), self.assertRaises(SignatureError) as caught:
                verify([SECRET], self.good(**{"webhook-timestamp": text}), BODY, AT)
            self.assertIn(caught.exception.reason, ("bad_timestamp", "bad_header"))

    def test_wrong_signatures(self):
        good = OWN[0][4]
        last = good[:-2] + ("A" if good[-2] != "A" else "B") + "="
        wrong = (
            *("v1,", "v1", "v1,x", ",", good.removeprefix("v1,"), good[:-1], good[:20], good.lower(), last),
            # Another version of signature, though the bytes are right.
            *(good.replace("v1,", "v1a,"), good.replace("v1,", "v2,"), good.replace("v1,", "V1,")),
            *("v1," + "A" * 43 + "=", good.replace(" ", "\t") + "\x00", "v1,ü", "x" * 10000),
        )
        for text in wrong:
            with self.subTest(text=text[:60]), self.assertRaises(SignatureError):
                verify([SECRET], self.good(**{"webhook-signature": text}), BODY, AT)

    def test_any_of_several_signatures_is_enough(self):
        text = f"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,{OWN[0][4][3:]} {OWN[0][4]} v1a,xyz"
        self.assertEqual(verify([SECRET], self.good(**{"webhook-signature": text}), BODY, AT), ID)
        self.assertRefused("no_match", webhook_signature=text.replace(OWN[0][4], ""))

    def test_any_of_several_secrets_is_enough(self):
        self.assertEqual(verify([OTHER, SECRET], self.good(), BODY, AT), ID)
        self.assertRefused("no_match", secrets=[OTHER])
        self.assertRefused("no_match", secrets=[])

    def test_what_was_signed_is_what_counts(self):
        self.assertRefused("no_match", body=BODY.replace(b" ", b""))
        self.assertRefused("no_match", webhook_id="msg_other")
        self.assertRefused("no_match", webhook_timestamp=str(AT + 1))
        self.assertRefused("no_match", webhook_timestamp=f"0{AT}")
        self.assertRefused("no_match", body=b"")

    def test_ids_that_no_sender_makes(self):
        self.assertRefused("bad_header", webhook_id="x" * 5000)
        self.assertRefused("bad_header", webhook_id="msg\n1")
        self.assertRefused("bad_header", webhook_id="msgü")

    def test_bodies_need_not_be_text(self):
        body = b"\xff\x00\xfe"
        made = headers([SECRET], "m", AT, body)
        self.assertEqual(verify([SECRET], made, body, AT), "m")

    def test_nothing_is_signed_with_nothing(self):
        with self.assertRaises(ValueError):
            headers([], ID, AT, BODY)


if __name__ == "__main__":
    unittest.main()
