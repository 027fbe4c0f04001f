from . import ai_finding  # isort: skip
from . import ai_finding_screen
