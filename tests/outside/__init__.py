from . import test_model_asking, test_model_rights
