from . import ai_document
from . import ai_document_context, ai_document_file, ai_document_page, ai_document_read, ai_document_split
from . import ai_document_decode, ai_document_einvoice, ai_document_take
from . import account_move_documents, account_move_mail
from . import ai_document_erase, res_config_settings_documents
from . import ir_attachment_originals, mail_thread_original
from . import sync_handler_extract, sync_job_extract
from . import account_move_screen, ai_document_queue, ai_document_screen
from . import ai_document_layout, ai_document_lesson, ai_document_correct, ai_suggestion_layouts
from . import base_partner_merge_layouts
