"""A large import lives through the death of the server: no line lost, none twice."""

import base64

import pytest

from harness import Server, api_key, create_user, database, query, shell, wait_for

#: More than one slice of ten seconds on a fast machine.
LINES = 1500
REVIEWER = ["ai_bookkeeper.ai_bookkeeper_group_reviewer", "base.group_user"]
JOURNAL = """
env.ref("base.EUR").active = True
journal = env["account.journal"].create({
    "name": "Killed", "code": "KILL", "type": "bank", "currency_id": env.ref("base.EUR").id,
    "bank_acc_number": "NL77ABNA0574908765",
})
# Only the import is watched here.
env.company.ai_propose_automatically = False
env["ir.config_parameter"].set_param("ai_bookkeeper.import_background_lines", "100")
env.cr.commit()
result = journal.id
"""
ENTRY = (
    '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2024-01-10</Dt></BookgDt>'
    "<AcctSvcrRef>B{number}</AcctSvcrRef></Ntry>\n"
)


def statement():
    entries = "".join(ENTRY.format(number=number) for number in range(LINES))
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}.00</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-01-10</Dt></Dt></Bal>"
        for kind, amount in (("OPBD", 0), ("CLBD", LINES))
    )
    document = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<Stmt><Id>S</Id><Acct><Id><IBAN>NL77ABNA0574908765</IBAN></Id></Acct>{balances}{entries}</Stmt>"
        "</BkToCstmrStmt></Document>"
    )
    return base64.b64encode(document.encode()).decode()


@pytest.fixture(scope="module")
def server():
    with database() as name:
        create_user(name, "killer", REVIEWER)
        with Server(name, crons=1) as running:
            yield running


def test_an_import_goes_on_after_a_kill(server):
    journal_id = shell(server.database, JOURNAL)
    key = api_key(server.database, "killer")

    def state():
        return query(server.database, "SELECT state, COALESCE(created_count, 0) FROM ai_bank_import")[0]

    server.call(
        "ai.bank.import",
        "import_file",
        key,
        journal_id=journal_id,
        filename="killed.xml",
        content_base64=statement(),
    )
    wait_for(lambda: state()[1] >= 100, seconds=60)
    server.kill()
    assert state()[0] == "running"
    assert 0 < state()[1] < LINES
    [(job_state, attempts)] = query(
        server.database, "SELECT state, attempts FROM sync_job WHERE kind = 'import' AND res_model = 'ai.bank.import'"
    )
    # Between two slices it waits for its turn.
    assert job_state in ("running", "pending") and attempts >= 1
    # The lease of the worker that died ends after two minutes: the test does not wait for it.
    query(server.database, "UPDATE sync_job SET lease_until = clock_timestamp() AT TIME ZONE 'UTC' RETURNING id")
    server.start()
    # Odoo looks for work once a minute, or when it is told.
    query("postgres", "SELECT pg_notify('cron_trigger', %s)", [server.database])
    wait_for(lambda: state()[0] == "done", seconds=300)
    assert state() == ("done", LINES)
    lines = query(
        server.database,
        "SELECT count(*), count(DISTINCT ai_fingerprint), sum(amount), count(DISTINCT statement_id) "
        "FROM account_bank_statement_line WHERE journal_id = %s",
        [journal_id],
    )
    assert [tuple(map(int, row)) for row in lines] == [(LINES, LINES, LINES, 1)]
    wait_for(
        lambda: query(server.database, "SELECT state FROM sync_job WHERE kind = 'import'") == [("done",)], seconds=20
    )
    assert query(server.database, "SELECT is_complete FROM account_bank_statement") == [(True,)]
