from . import crash_points, egress  # isort: skip
from . import connections  # isort: skip
from . import queue  # isort: skip
from . import webhooks  # isort: skip
from . import events  # isort: skip
from . import intake  # isort: skip
from . import status  # isort: skip
from . import seeing  # isort: skip
