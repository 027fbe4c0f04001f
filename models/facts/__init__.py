from . import ai_facts_bank, ai_facts_coding
