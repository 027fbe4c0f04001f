from . import ai_agent_kind, ai_agent, ai_agent_key, ai_agent_use, ai_agent_reading
from . import ir_http, res_users, res_users_apikeys
