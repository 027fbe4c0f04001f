from . import sync_intake  # isort: skip
from . import sync_intake_guard  # isort: skip
from . import ir_http_hook  # isort: skip
from . import sync_connection_hook  # isort: skip
from . import sync_connector_hook  # isort: skip
from . import sync_handler_intake  # isort: skip
