from . import test_cut_over, test_cut_over_cases, test_cut_over_scale, test_cut_over_undo
