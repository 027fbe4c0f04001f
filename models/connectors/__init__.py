from . import sync_connector_file
from . import account_move_intake, ai_bank_import_intake, sync_connection_file, sync_connection_mail, sync_intake_file
from . import sync_connection_folder, sync_watch
from . import sync_binding
from . import sync_handler_connection  # isort: skip
from . import sync_handler_pull, sync_handler_push
