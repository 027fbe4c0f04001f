from . import ai_facts_expected
from . import ai_expected_payment, ai_cash_scope  # isort: skip
from . import ai_expected_decide, ai_expected_refresh, ai_finding_expected
from . import ai_cash_test, ai_cash_view, ai_cash_workbook
