from . import test_bill_accept, test_bill_taxes
