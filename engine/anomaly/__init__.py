"""What speaks against booking or paying: twins, costs that were booked before, changed accounts, unusual amounts."""

from .finding import SEVERITIES, STOP, WARN, Finding
