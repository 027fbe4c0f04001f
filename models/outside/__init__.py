from . import ai_model_provider
from . import ai_model_allowance
from . import ai_model_ledger
from . import ai_document_outside
