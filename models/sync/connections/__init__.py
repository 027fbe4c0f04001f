from . import sync_connector  # isort: skip
from . import sync_connection  # isort: skip
from . import sync_connection_guard  # isort: skip
from . import sync_connection_health  # isort: skip
from . import sync_connection_jobs  # isort: skip
from . import sync_connection_lifecycle  # isort: skip
from . import sync_cursor  # isort: skip
from . import sync_secret  # isort: skip
