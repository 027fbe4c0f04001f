from . import ai_question, ai_question_guard, ai_question_request
