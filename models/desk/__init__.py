from . import ai_proposer_rows, ai_suggestion_desk, ai_suggestion_desk_effect, ai_suggestion_live, ir_websocket

# It adds to what the desk tells.
from . import ai_suggestion_desk_bill  # isort: skip
