from . import ai_counterpart, ai_counterpart_claim, ai_counterpart_facts, ai_counterpart_find
from . import ai_facts_bank_card, ai_proposer_bank_settling, ai_suggestion_settling_card
