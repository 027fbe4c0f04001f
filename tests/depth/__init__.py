from . import test_generated
