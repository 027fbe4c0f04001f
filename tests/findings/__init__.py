from . import test_vendor_facts
