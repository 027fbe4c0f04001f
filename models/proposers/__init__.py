from . import (
    ai_bank_effects,
    ai_bank_entry,
    ai_bank_discount,
    ai_bank_return_entry,
    ai_bank_undo_preview,
    ai_proposer,
    ai_proposer_bank,
    ai_proposer_bank_coding,
    ai_proposer_bank_effects,
    ai_proposer_bank_entries,
    ai_proposer_bank_undo,
    ai_proposer_bank_match,
    ai_proposer_learning,
    ai_proposer_entry,
    ai_proposer_entry_book,
    ai_proposer_entry_told,
    ai_proposer_entry_undo,
)

from . import ai_bill_entry, ai_proposer_bill_document  # isort: skip
from . import ai_proposer_bill_document_books, ai_proposer_bill_document_told  # isort: skip
from . import ai_proposer_bill_learning  # isort: skip
