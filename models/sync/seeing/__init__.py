from . import sync_tick  # isort: skip
from . import sync_tally  # isort: skip
from . import sync_trouble  # isort: skip
from . import sync_watchdog  # isort: skip
from . import sync_metrics  # isort: skip
from . import sync_dashboard  # isort: skip
