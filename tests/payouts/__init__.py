from . import test_payout_booking
