from . import ai_gate, ai_gate_evidence, ai_gate_look, ai_gate_told
from . import ai_policy_autopilot, ai_suggestion_autopilot
from . import ai_sample, ai_sample_decide
from . import ai_bounded_review
from . import res_company
