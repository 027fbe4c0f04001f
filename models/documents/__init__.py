from . import ai_document
