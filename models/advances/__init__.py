from . import ai_proposer_netting
