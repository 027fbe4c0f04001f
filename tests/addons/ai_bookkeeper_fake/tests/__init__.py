from . import test_fake_conforms, test_fake_connection
