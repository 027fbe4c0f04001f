import unittest

from clients import redact


class TestRedact(unittest.TestCase):
    def test_urls_lose_users_passwords_and_secret_parameters(self):
        self.assertEqual(
            redact.url("https://me:pw@example.com:8443/a/b?api_key=1&page=2#token"),
            "https://***@example.com:8443/a/b?api_key=***&page=2",
        )
        self.assertEqual(redact.url("http://[::1]:80/x"), "http://[::1]:80/x")

    def test_headers(self):
        found = redact.headers({"Authorization": "Bearer 1", "X-Api-Key": "2", "Accept": "*/*"})
        self.assertEqual(found, {"Authorization": "***", "X-Api-Key": "***", "Accept": "*/*"})

    def test_running_text(self):
        said = redact.text(
            'Bearer abc.def refused; {"access_token": "xyz", "name": "Ann"} https://h/?secret=1 s3cr3t', ["s3cr3t"]
        )
        for secret in ("abc.def", "xyz", "secret=1", "s3cr3t"):
            self.assertNotIn(secret, said)
        self.assertIn("Ann", said)


if __name__ == "__main__":
    unittest.main()
