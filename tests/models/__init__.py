from . import test_words
from . import test_audit_of_settings
from . import test_look_again
