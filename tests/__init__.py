from .bank import (
    test_bank_import,
    test_bank_import_background,
    test_bank_import_checks,
    test_bank_import_real_files,
    test_bank_import_undo,
    test_bank_import_wizard,
)
from .ui import test_bank_lines, test_components, test_screens
