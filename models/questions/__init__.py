from . import ai_link_mixin  # isort: skip
from . import ai_question, ai_question_guard, ai_question_request
