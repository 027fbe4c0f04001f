"""The pages of an export: they open in a browser without a server. Everything from outside is escaped."""

import json
import re
from pathlib import PurePath

from markupsafe import Markup

PAGE = 200
STYLE = """
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #212529; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; } th { text-align: left; }
th, td { border-bottom: 1px solid #dee2e6; padding: .3rem .5rem; vertical-align: top; } .n { text-align: right; }
details { border: 1px solid #dee2e6; border-radius: .3rem; margin: .4rem 0; padding: .5rem .8rem; }
summary { cursor: pointer; } .w { background: #fff3cd; padding: .5rem .8rem; border-radius: .3rem; }
code { font-size: 12px; word-break: break-all; }
"""
FRAME = Markup(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
    "<body>{body}</body></html>\n"
)


def file_name(name):
    """A name that is safe in a zip on every system."""
    text = re.sub(r"[^\w.\- ]", "_", PurePath(str(name or "file").replace("\\", "/")).name).strip(". ")
    return text[-80:] or "file"


def headline(entry):
    """What list, pages and PDF show of a suggestion: kept for all of them, so it is small."""
    names = ("id", "date", "text", "partner", "amount", "currency", "kind", "state", "tier", "case")
    names += ("decision", "decided_by", "decided_at", "policy", "policy_says", "changed_outside", "reasons")
    kept = {name: str(entry[name] or "") if name != "reasons" else entry[name] for name in names}
    kept["entries"] = [
        [line["entry"], line["account"], line["partner"], line["balance"], ", ".join(line["taxes"])]
        for line in entry["entries"]
    ]
    kept["alternatives"] = [[choice["title"], choice["why_lost"]] for choice in entry["alternatives"]]
    kept["history"] = [
        [event["at"], event["event"], event["user"], str(event["key_id"] or "")] for event in entry["history"]
    ]
    # As text: thousands of them lie in memory until the pages are written.
    return json.dumps(kept, ensure_ascii=False)


def write(archive, manifest, index, env):
    """Pages of suggestions and the start page."""
    pages = [index[first : first + PAGE] for first in range(0, len(index), PAGE)]
    links = []
    for number, part in enumerate(pages, 1):
        name = f"pages/{number:04d}.html"
        entries = [json.loads(text) for text in part]
        body = Markup("").join(_details(entry, env) for entry in entries)
        back = Markup('<p><a href="../index.html">{}</a></p>').format(env._("Overview"))
        archive.add(name, _frame(env._("Suggestions"), back + body))
        label = f"{entries[0]['date']} – {entries[-1]['date']} ({len(entries)})"
        links.append(Markup('<li><a href="{}">{}</a></li>').format(name, label))
    archive.add("index.html", _frame(env._("Evidence"), _overview(manifest, links, env)))


def _frame(title, body):
    return str(FRAME.format(title=title, style=Markup(STYLE), body=body))


def facts(manifest, env):
    """(label, value) of the overview; PDF and page say the same."""
    chain = manifest["chain"]
    rows = [
        (env._("Exported"), f"{manifest['exported_at']} UTC, {manifest['exported_by']['name']}"),
        (env._("Companies"), ", ".join(company["name"] for company in manifest["companies"])),
        (env._("Period"), " – ".join(filter(None, (manifest["from"], manifest["to"]))) or env._("chosen suggestions")),
        (env._("Suggestions"), str(manifest["suggestions"])),
        (env._("Rows of the log"), str(manifest["rows"])),
        (env._("Seals"), f"{chain['start_seq'] + 1} – {chain['seq']}"),
        (env._("Head"), chain["head"]),
    ]
    if manifest["unsealed_rows"]:
        rows.append((env._("Rows that wait for a seal"), str(manifest["unsealed_rows"])))
    return rows + [(name, str(count)) for name, count in sorted(manifest["totals"].items())]


def _overview(manifest, links, env):
    body = Markup("<h1>{}</h1>").format(env._("Evidence of AI Bookkeeper"))
    for text in manifest["one_person"]:
        body += Markup('<p class="w">{}</p>').format(text)
    lines = Markup("").join(
        Markup("<tr><th>{}</th><td>{}</td></tr>").format(label, value) for label, value in facts(manifest, env)
    )
    body += Markup("<table>{}</table>").format(lines)
    body += Markup("<p>{} <code>python3 verify.py</code></p>").format(env._("Check this export:"))
    return body + Markup("<ul>{}</ul>").format(Markup("").join(links))


def _details(entry, env):
    head = Markup("<summary><b>{}</b> · {} · {} {} · {} · {}</summary>").format(
        entry["date"],
        entry["text"] or entry["kind"],
        entry["amount"],
        entry["currency"],
        entry["partner"],
        entry["state"],
    )
    who = ", ".join(
        filter(
            None, (entry["decision"], entry["decided_by"], entry["decided_at"], entry["policy"], entry["policy_says"])
        )
    )
    body = Markup("<p>{} · {} · {}</p>").format(entry["kind"], entry["tier"], entry["case"])
    if who:
        body += Markup("<p>{}: {}</p>").format(env._("Decided"), who)
    if entry["changed_outside"]:
        body += Markup('<p class="w">{}</p>').format(entry["changed_outside"])
    if entry["reasons"]:
        body += Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(r) for r in entry["reasons"]))
    heads = (env._("Entry"), env._("Account"), env._("Partner"), env._("Balance"), env._("Taxes"))
    body += _table(heads, entry["entries"])
    body += _table((env._("Alternative"), env._("Why it lost")), entry["alternatives"])
    body += _table((env._("When (UTC)"), env._("What"), env._("Who"), env._("Key")), entry["history"])
    return Markup('<details id="s{}">{}{}</details>\n').format(entry["id"], head, body)


def _table(heads, rows):
    if not rows:
        return Markup("")
    top = Markup("").join(Markup("<th>{}</th>").format(head) for head in heads)
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup("<table><tr>{}</tr>{}</table>").format(top, lines)


def plain(text):
    """Text of one line."""
    return " ".join(str(text).split())
