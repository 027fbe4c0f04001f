from . import audit, bank, facts, inherits, proposers, suggestion, sync

# Last: it extends suggestions and proposers.
from . import agents  # isort: skip
