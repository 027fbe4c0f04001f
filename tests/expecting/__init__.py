from . import test_cash_view, test_expected_payments, test_expected_runs
