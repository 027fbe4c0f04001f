"""The short table that bin/demo ends with: what became of the lines that the files brought."""

_ROWS = """
SELECT CASE WHEN line.is_reconciled THEN 'reconciled' ELSE COALESCE(line.ai_finding, 'todo') END AS status,
       CASE WHEN line.ai_finding = 'proposed' AND line.is_reconciled IS NOT TRUE THEN suggestion.tier END AS tier,
       COUNT(*)
  FROM account_bank_statement_line line
  LEFT JOIN ai_suggestion suggestion
         ON suggestion.res_model = 'account.bank.statement.line'
        AND suggestion.res_id = line.id
        AND suggestion.state IN ('pending', 'accepted')
 GROUP BY 1, 2
 ORDER BY 1, 2
"""
_LABELS = {"todo": "to do", "asked": "asked", "nothing": "nothing found", "reconciled": "reconciled"}
_ORDER = ("reconciled", "proposed", "asked", "nothing", "todo")


def render(cursor, seconds):
    """The table as text. ``seconds`` is what the proposing run took."""
    cursor.execute(_ROWS)
    found = cursor.fetchall()
    rows = [("bank lines", sum(count for _status, _tier, count in found))]
    for status in _ORDER:
        for found_status, tier, count in found:
            if found_status == status:
                rows.append((f"proposed ({tier})" if status == "proposed" else _LABELS[status], count))
    texts = [f"  {label:<24}{count:>8}" for label, count in rows]
    return "\n".join(["", *texts, f"  {'seconds to propose':<24}{seconds:>8.1f}", ""])
