"""The figures as people read them; ``--json`` prints the same values."""

from __future__ import annotations

from ..bank.intervals import share

_COLUMNS = ("vendor", "number", "date", "due_date", "currency", "net", "tax", "total", "iban", "vat")


def text(name: str, found: dict) -> str:
    """One set: own reader and peers, a line each."""
    hidden = f"; {found['hidden']} values of the truth stand nowhere on the page: not scored" if found["hidden"] else ""
    rows = [f"{name}: {found['documents']} documents{hidden}"]
    head = "".join(f"{column:>10}" for column in _COLUMNS)
    rows.append(f"  {'right, of those told':24}{head}")
    rows.append(f"  {'this addon':24}{_cells(found['own']['fields'])}")
    rows += [f"  {peer:24}{_cells(values['fields'])}" for peer, values in found.get("peers", {}).items()]
    rows.append(f"  {'n':24}" + "".join(f"{_n(found['own']['fields'], column):>10}" for column in _COLUMNS))
    for column in ("vendor", "number", "date", "total"):
        if column in found["own"]["fields"]:
            rows.append(f"    {column:22}{_counted(found['own']['fields'][column])}")
    rows += _whole(found["own"])
    rows += [
        f"    {peer}: vendor to total {_counted(values['four'])}" for peer, values in found.get("peers", {}).items()
    ]
    rows += _cost(found["own"], found["cost"])
    return "\n".join(rows)


def _whole(own: dict) -> list[str]:
    rows = []
    for label, key in (
        ("vendor to total", "four"),
        ("every field told", "every_field"),
        ("kind of document", "kinds"),
        ("all lines", "documents_with_all_lines"),
        ("single lines", "lines"),
        ("shown as sure: right", "sure"),
    ):
        if own[key]["n"]:
            rows.append(f"    {label:22}{_counted(own[key])}")
    if own["shown_as_sure"]["n"]:
        rows.append(f"    {'fields shown as sure':22}{_counted(own['shown_as_sure'])}")
    rows += [f"    not read: {name}: {code}" for name, code in own["unread"]]
    return rows


def _cost(own: dict, cost: dict) -> list[str]:
    rows = [
        f"    {source}: {speed['seconds_median']:.2f} s a page (95 %: {speed['seconds_95']:.2f}), of the processor"
        f" {speed['cpu_seconds_median']:.2f} ({speed['cpu_seconds_95']:.2f}); {speed['pages']} pages"
        for source, speed in own["speed"].items()
    ]
    rows.append(
        f"    {cost['pages_per_second']:.2f} pages a second with {cost['jobs']} processes;"
        f" memory {cost['memory_mb']:.0f} MB and {cost['memory_of_child_mb']:.0f} MB in programs it starts"
    )
    return rows


def _cells(fields: dict) -> str:
    return "".join(f"{_percent(fields.get(column)):>10}" for column in _COLUMNS)


def _n(fields: dict, column: str) -> str:
    return str(fields[column]["n"]) if column in fields else ""


def _percent(figure: dict | None) -> str:
    return f"{100 * figure['share']:.1f}" if figure and figure["n"] else ""


def _counted(figure: dict) -> str:
    return share(figure["right"], figure["n"])


def errors_text(errors: list[tuple[str, str, str, str]]) -> str:
    return "\n".join(f"  {name}  {field}: {told!r} read as {said!r}" for name, field, told, said in errors)


def second_text(name: str, found: dict) -> str:
    rows = [
        f"second bill, {name}: {found['vendors']} vendors; all were corrected once where the first was wrong",
        f"  {'first bill corrected':34}{_counted(found['corrected'])}",
    ]
    for label, key in (
        ("fields right, nothing learned", "fields_before"),
        ("fields right, learned", "fields_after"),
        ("vendor to total, nothing learned", "four_before"),
        ("vendor to total, learned", "four_after"),
        ("  of the corrected vendors", "four_of_corrected"),
        ("fields that were corrected", "corrected_fields"),
    ):
        if key in found:
            rows.append(f"  {label:34}{_counted(found[key])}")
    return "\n".join(rows)


def twins_text(found: dict) -> str:
    false = found["false"]
    ways = ", ".join(f"{way} {n}" for way, n in sorted(found["false_by_way"].items())) or "none"
    rows = [
        f"duplicate guard, bills of {found['year']}:"
        f" {false['right']} of {false['n']:,} flagged (1 in {false['n'] // max(false['right'], 1):,}; {ways})",
        f"  {'planted twins found':34}{_counted(found['found'])}",
    ]
    rows += [f"    {name:32}{_counted(count)}" for name, count in found["planted"].items()]
    return "\n".join(rows)
