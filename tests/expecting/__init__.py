from . import test_cash_view, test_expected_payments
