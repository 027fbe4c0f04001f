from . import ai_proposer_rows, ai_suggestion_desk, ai_suggestion_desk_effect, ai_suggestion_live, ir_websocket
