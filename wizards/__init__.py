from . import ai_bank_import_start
