from . import test_correct, test_layouts
