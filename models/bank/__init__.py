from . import ai_bank_import_mapping, ai_bank_import_reader, ai_bank_import
from . import ai_bank_import_background  # isort: skip
