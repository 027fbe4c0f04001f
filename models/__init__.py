from . import errors, stdnum_data  # isort: skip
from . import audit, backtest, bank, duties, facts, inherits, learning, people, proposers, questions, suggestion, sync
from . import connectors  # isort: skip

from . import receipts  # isort: skip
from . import loans, counterparts  # isort: skip
from . import documents, findings  # isort: skip
from . import runs  # isort: skip
from . import expecting  # isort: skip
from . import approvals  # isort: skip
from . import outside  # isort: skip
from . import statements  # isort: skip
from . import payouts  # isort: skip

# Last: it extends suggestions and proposers.
from . import autonomy  # isort: skip
from . import exchange  # isort: skip
from . import agents, desk, refusals  # isort: skip
from . import advances  # isort: skip
from . import cutover  # isort: skip
