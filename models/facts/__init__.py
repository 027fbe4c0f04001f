from . import ai_facts_bank
