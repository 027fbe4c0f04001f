from . import ai_agent_create, ai_bank_import_start
