from . import test_ask_page, test_asking, test_parking
