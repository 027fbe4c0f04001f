from . import (
    ai_facts_bank,
    ai_facts_bill,
    ai_facts_bill_tax,
    ai_facts_coding,
    ai_facts_coding_notes,
    ai_facts_finding,
    ai_facts_vendor,
)
