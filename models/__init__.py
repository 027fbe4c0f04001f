from . import errors  # isort: skip
from . import audit, bank, duties, facts, inherits, people, proposers, questions, suggestion, sync
from . import connectors  # isort: skip

# Last: it extends suggestions and proposers.
from . import agents, desk, refusals  # isort: skip
