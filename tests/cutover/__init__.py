from . import test_cut_over
