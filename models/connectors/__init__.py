from . import sync_connector_file
from . import account_move_intake, ai_bank_import_intake, sync_connection_file, sync_connection_mail, sync_intake_file
from . import sync_connection_folder
