from . import sync_binding  # isort: skip
from . import sync_mixin  # isort: skip
from . import account_move  # isort: skip
from . import account_payment  # isort: skip
from . import res_partner  # isort: skip
from . import base_partner_merge  # isort: skip
