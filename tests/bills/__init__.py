from . import test_bill_accept
