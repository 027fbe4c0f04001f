from . import ai_backtest
