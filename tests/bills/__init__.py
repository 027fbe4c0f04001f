from . import test_bill_accept, test_bill_learning, test_bill_people, test_bill_story, test_bill_taxes, test_bill_undo
