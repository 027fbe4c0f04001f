"""Documents live through the death of the server: each is read and proposed once, its file whole."""

import base64
import hashlib
import io

import pytest

from harness import Server, api_key, create_user, database, query, shell, wait_for

FILES = 6
REVIEWER = ["ai_bookkeeper.ai_bookkeeper_group_reviewer", "base.group_user"]
JOURNAL = """
company = env.company
if not company.chart_template:
    env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
result = env["account.journal"].search([("type", "=", "purchase"), ("company_id", "=", company.id)], limit=1).id
"""


def scan(number):
    """A page that has to be recognised, so that reading takes a while."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(32)
    rows = ("Paper Mill Ltd", "INVOICE", f"Invoice number: PM-{number}", "Invoice date: 2026-03-02", "Total: 115.00")
    for place, text in enumerate(rows * 6):
        draw.text((120, 100 + place * 50), text, fill=0, font=font)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def server():
    with database() as name:
        create_user(name, "killer", REVIEWER)
        shell(name, JOURNAL)
        with Server(name, crons=1) as running:
            yield running


def test_reading_goes_on_after_a_kill(server):
    key = api_key(server.database, "killer")
    files = [scan(number) for number in range(FILES)]

    def states():
        return dict(query(server.database, "SELECT state, count(*) FROM ai_document GROUP BY state"))

    for number, content in enumerate(files):
        told = server.call(
            "ai.document", "upload", key, name=f"scan_{number}.png", datas=base64.b64encode(content).decode()
        )
        assert told["document_id"]
    wait_for(lambda: states().get("reading"), seconds=90)
    server.kill()
    assert sum(states().values()) == FILES
    # The lease of the worker that died ends after minutes: the test does not wait for it.
    query(
        server.database,
        "UPDATE sync_job SET lease_until = clock_timestamp() AT TIME ZONE 'UTC' WHERE state = 'running' RETURNING id",
    )
    server.start()
    query("postgres", "SELECT pg_notify('cron_trigger', %s)", [server.database])
    wait_for(lambda: states().get("read") == FILES, seconds=300)
    wait_for(
        lambda: (
            query(server.database, "SELECT count(*) FROM sync_job WHERE kind = 'extract' AND state <> 'done'") == [(0,)]
        ),
        seconds=120,
    )
    rows = query(server.database, "SELECT sha256, is_proposed FROM ai_document ORDER BY id")
    assert rows == [(hashlib.sha256(content).hexdigest(), True) for content in files]
    # Each draft once, and nothing but the file on it.
    drafts = query(
        server.database,
        "SELECT state, partner_id, ref, amount_total FROM account_move WHERE id IN (SELECT move_id FROM ai_document)",
    )
    assert len(drafts) == FILES
    assert {(state, partner, ref) for state, partner, ref, _total in drafts} == {("draft", None, None)}
    doubled = query(
        server.database,
        "SELECT res_id FROM ai_suggestion WHERE res_model = 'account.move' AND state = 'pending' "
        "GROUP BY res_id HAVING count(*) > 1",
    )
    assert doubled == []
