from . import test_business_account, test_generated
