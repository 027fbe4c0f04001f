from . import ai_agent_kind, ai_agent, ai_agent_key, ai_agent_use, ai_agent_reading
from . import ai_proposer_facts, ai_proposer_judged, ai_proposer_bill_facts, ai_suggestion_facts, ai_suggestion_told
from . import ir_http, res_users, res_users_apikeys
