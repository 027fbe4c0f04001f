from . import test_findings, test_vendor_facts
