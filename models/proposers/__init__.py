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
)
