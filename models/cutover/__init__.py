from . import ai_cut_over, ai_cut_over_item, ai_cut_over_line

# They extend them.
from . import ai_bank_import, ai_cut_over_collect, ai_cut_over_decide, ai_cut_over_offer  # isort: skip
from . import ai_proposer_cut_over, ai_suggestion_cut_over  # isort: skip
