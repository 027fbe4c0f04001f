# The others inherit from it.
from . import ai_policy, ai_suggestion  # isort: skip
from . import (
    ai_policy_dry_run,
    ai_policy_errors,
    ai_policy_pause,
    ai_suggestion_batch,
    ai_suggestion_batch_preview,
    ai_suggestion_card,
    ai_suggestion_coding_card,
    ai_suggestion_decide,
    ai_suggestion_duties,
    ai_suggestion_edit,
    ai_suggestion_item,
    ai_suggestion_overtaken,
    ai_suggestion_park,
    ai_suggestion_policy,
    ai_suggestion_propose,
    ai_suggestion_questions,
    ai_suggestion_rule,
    ai_suggestion_run,
    ai_suggestion_submit,
    ai_suggestion_undo,
    ai_vendor_change,
)

# Loaded last: they extend what the files above define, and the very last masks what the others return.
from . import ai_suggestion_card_discount, ai_suggestion_effects  # isort: skip
from . import ai_suggestion_bill_card, ai_suggestion_bill_facts  # isort: skip
from . import ai_suggestion_click, ai_suggestion_decide_many, ai_suggestion_parts  # isort: skip
from . import ai_suggestion_review, ai_suggestion_undo_many  # isort: skip

# They add to what the others do.
from . import ai_suggestion_audit, ai_suggestion_outside, ai_suggestion_learning  # isort: skip

from . import ai_suggestion_bill, ai_suggestion_bill_run  # isort: skip

from . import ai_suggestion_entry  # isort: skip

# Loaded last: it masks what the others return.
from . import ai_suggestion_access  # isort: skip
