from . import ai_backtest, ai_backtest_line, ai_backtest_past, ai_backtest_replay, sync_handler_backtest
from . import ai_backtest_access, ai_backtest_coding, ai_backtest_compare  # isort: skip
from . import ai_backtest_line_beside, ai_backtest_money, ai_backtest_report  # isort: skip
from . import ai_proposer_correction  # isort: skip
