from . import test_payout_booking, test_payout_currencies, test_payout_files
