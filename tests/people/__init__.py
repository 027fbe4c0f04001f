from . import test_ask_page, test_asking, test_dashboard, test_parking, test_waiting
