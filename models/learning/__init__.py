from . import ai_learning_event, ai_learning_history, ai_learning_model, ai_rule
