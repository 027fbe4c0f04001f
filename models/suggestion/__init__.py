from . import ai_policy, ai_suggestion, ai_suggestion_item, ai_suggestion_run, ai_suggestion_card, ai_suggestion_undo
