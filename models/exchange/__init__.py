from . import ai_rate_book, res_currency_rate
from . import ai_rate_provider, ai_rate_provider_fetch
from . import ai_facts_exchange, ai_proposer_exchange
from . import ai_exchange_outlook, ai_suggestion_exchange_card
from . import account_bank_statement_line_exchange
