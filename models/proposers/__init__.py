from . import (
    ai_bank_entry,
    ai_bank_return_entry,
    ai_proposer,
    ai_proposer_bank,
    ai_proposer_bank_coding,
    ai_proposer_bank_entries,
    ai_proposer_bank_match,
)
