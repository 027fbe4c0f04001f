"""A database, another system beside it, and servers that die: what the crash tests stand on.

    with SyncWorld("deliver") as world:
        world.receiver.plan(world.path, "timeout", "ok")
        world.arm("after_2xx")
        world.cause()            # something happens in the books; the server dies on its way to the receiver
        world.wait_until_dead()
        world.restart()
        world.settle()           # until nothing is open any more
        assert world.problems() == []

Time passes by SQL: what waits for a later moment is due now, and what a dead process had claimed is free now. Nothing
else is helped.
"""

import base64
import contextlib
import json
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path

import psycopg2
import requests
from receiver import Receiver
from standardwebhooks import Webhook

from harness import CRASHING, Server, crash_template, create_user, database, query, shell, wait_for

OPEN = "('pending', 'running', 'waiting', 'indeterminate')"
MANAGER = [
    "base.group_user",
    "base.group_partner_manager",
    "ai_bookkeeper.ai_bookkeeper_group_manager",
    "ai_bookkeeper.ai_bookkeeper_group_reviewer",
    "ai_bookkeeper.ai_bookkeeper_group_auditor",
]
#: How many things one cause makes happen.
COUNT = 3
QUIET_SECONDS = 60
DIE_SECONDS = 60
WEBHOOK = """
webhook = env["sync.webhook"].create({{
    "name": "Receiver", "url": {url!r}, "events": ["partner.created"], "timeout": 2, "probe_url": {probe_url!r},
}})
result = [webhook.id, env["sync.secret"]._values(webhook, "signing")[0]]
"""
CONNECTION = """
connection = env["sync.connection"].create({{"name": "Fake", "kind": {kind!r}}})
connection._connect({{"address": {url!r}}}, {{"credential": "key"}})
connection.is_reading = False
result = connection.id
"""
HOOK = """
from odoo.addons.ai_bookkeeper.clients import signature
connection = env["sync.connection"].create({"name": "Comes in", "kind": "crash"})
secret = signature.new_secret()
env["sync.secret"]._store(connection, "hook_signing", secret)
result = [connection._new_token(), secret]
"""
JOURNAL = """
env.ref("base.EUR").active = True
journal = env["account.journal"].create({
    "name": "Crashed", "code": "CRSH", "type": "bank", "currency_id": env.ref("base.EUR").id,
    "bank_acc_number": "NL77ABNA0574908765",
})
# Only the import is watched here.
env.company.ai_propose_automatically = False
env["ir.config_parameter"].set_param("ai_bookkeeper.import_background_lines", "50")
result = journal.id
"""
LINES = 150
ENTRY = (
    '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2024-01-10</Dt></BookgDt>'
    "<AcctSvcrRef>B{number}</AcctSvcrRef></Ntry>\n"
)
TRIGGER = """
INSERT INTO ir_cron_trigger (cron_id, call_at)
SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data
 WHERE model = 'ir.cron' AND name IN ('ir_cron_sync_1', 'ir_cron_sync_2', 'ir_cron_sync_work_1', 'ir_cron_sync_work_2')
"""
LATER = """
UPDATE sync_job SET next_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE state IN ('pending', 'indeterminate') AND next_at > clock_timestamp() AT TIME ZONE 'UTC';
UPDATE sync_breaker SET until_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE state <> 'closed' AND until_at > clock_timestamp() AT TIME ZONE 'UTC';
"""
DEAD_CLAIMS = """
UPDATE sync_job SET lease_until = clock_timestamp() AT TIME ZONE 'UTC' - interval '1 second' WHERE state = 'running'
"""
#: The newest word about each job, wherever it stands.
JOBS = """
SELECT id, kind, state, idempotency_key, event_id, res_id, attempts, reason FROM sync_job
 UNION ALL
SELECT id, kind, state, idempotency_key, event_id, res_id, attempts, reason FROM sync_job_history
"""


class SyncWorld:
    """One kind of subscriber on a database of its own: ``deliver``, ``push``, ``intake`` or ``import``."""

    def __init__(self, kind, name=None, crons=3, workers=0, options=(), environment=None, is_naive=False, clock=0):
        self.kind = kind
        self.database = name
        self.crons = crons
        self.workers = workers
        self.options = options
        self.environment = environment or {}
        self.is_naive = is_naive
        self.clock = clock
        self.caused = []
        self.wanted = []
        self._earlier, self._noise = set(), set()

    # --- coming and going ---

    def __enter__(self):
        self._stack = ExitStack()
        try:
            self._build()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *error):
        self._stack.close()

    def _build(self):
        self.database = self.database or self._stack.enter_context(database(crash_template()))
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="aib-crash-")))
        self._plan_file = folder / "plan.json"
        self.receiver = self._stack.enter_context(Receiver(clock=self.clock))
        self.key = create_user(self.database, "crasher", MANAGER)
        getattr(self, f"_build_{self.kind}")()
        self.server = self._stack.enter_context(self.new_server())
        # Making users and connections made events too.
        self.settle()
        self._earlier = {job["id"] for job in self.jobs()}
        self._noise = {each["key"] for each in self.receiver.effects()}

    def new_server(self, **environment):
        environment = {"AIB_CRASH": str(self._plan_file), **self.environment, **environment}
        return Server(
            self.database,
            workers=self.workers,
            crons=self.crons,
            options=self.options,
            addons=CRASHING,
            environment=environment,
        )

    def shell(self, code):
        return shell(self.database, code, addons=CRASHING)

    def query(self, statement, parameters=()):
        return query(self.database, statement, parameters)

    def _build_deliver(self):
        self.path = "/hook"
        # Who would do it again is asked first.
        probe_url = f"{self.receiver.url}/effects/{{id}}" if self.is_naive else False
        code = WEBHOOK.format(url=self.receiver.url + self.path, probe_url=probe_url)
        self.subscriber, self.secret = self.shell(code)
        self.receiver.plan(self.path, secret=self.secret, is_naive=self.is_naive)

    def _build_push(self):
        self.path = "/records"
        self.receiver.plan(self.path, is_naive=self.is_naive)
        self.subscriber = self.shell(CONNECTION.format(url=self.receiver.url, kind="fake"))

    def _build_intake(self):
        self.path = ""
        self.token, self.secret = self.shell(HOOK)
        self.messages = {}

    def _build_import(self):
        self.path = ""
        self.journal_id = self.shell(JOURNAL)

    # --- causing ---

    def cause(self, count=COUNT):
        """Make ``count`` things happen. The server may die meanwhile."""
        getattr(self, f"_cause_{self.kind}")(count)

    def resume_cause(self):
        """Whoever got no answer asks again, as all do."""
        getattr(self, f"_resume_{self.kind}", lambda: None)()

    def _cause_deliver(self, count):
        stamp = time.monotonic_ns()
        self.wanted += [f"Partner {stamp} {number}" for number in range(count)]
        self._resume_deliver()

    def _resume_deliver(self):
        """Make the partners that are not there."""
        missing = set(self.wanted) - self._made()
        # Killed before it answered; whether before or after it committed, is asked the next time.
        with contextlib.suppress(requests.ConnectionError):
            if missing:
                vals_list = [{"name": name} for name in sorted(missing)]
                self.server.call("res.partner", "create", self.key, vals_list=vals_list)
        self._made()

    def _made(self):
        found = self.query("SELECT id, name FROM res_partner WHERE name = ANY(%s)", [self.wanted])
        self.caused = [row[0] for row in found]
        return {row[1] for row in found}

    _cause_push = _cause_deliver
    _resume_push = _resume_deliver

    def _cause_intake(self, count):
        for number in range(count):
            message_id = f"msg_{time.monotonic_ns()}_{number}"
            self.messages[message_id] = json.dumps({"name": f"From {message_id}"}).encode()
        self._resume_intake()

    def _resume_intake(self):
        """Send what was not answered with 200; give up at the first that finds nobody."""
        for message_id, body in self.messages.items():
            if message_id in self.caused:
                continue
            now = datetime.fromtimestamp(int(time.time()), timezone.utc)
            headers = {
                "webhook-id": message_id,
                "webhook-timestamp": str(int(now.timestamp())),
                "webhook-signature": Webhook(self.secret).sign(message_id, now, body.decode()),
            }
            try:
                reply = self.server.post(f"/ai_bookkeeper/hook/{self.token}", data=body, headers=headers)
            except requests.ConnectionError:
                return
            assert reply.status_code == 200, reply.status_code
            assert not reply.content and "Set-Cookie" not in reply.headers
            self.caused.append(message_id)

    def _cause_import(self, _count):
        first = LINES * len(self.caused)
        self.caused.append(first)
        # Killed before it answered, after it committed.
        with contextlib.suppress(requests.ConnectionError):
            self.server.call(
                "ai.bank.import",
                "import_file",
                self.key,
                journal_id=self.journal_id,
                filename=f"{first}.xml",
                content_base64=_statement(first),
            )

    # --- dying ---

    def arm(self, point, hit=1):
        """The server dies when it reaches ``point`` for the ``hit``-th time from now on."""
        self._fired.unlink(missing_ok=True)
        draft = self._plan_file.with_suffix(".draft")
        draft.write_text(json.dumps({"point": point, "hit": hit, "at": time.monotonic_ns()}))
        draft.rename(self._plan_file)

    @property
    def _fired(self):
        return Path(f"{self._plan_file}.fired")

    def wait_until_dead(self, seconds=DIE_SECONDS):
        """Whether the armed server died in time; disarmed if it did not."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.server.process.poll() is not None:
                self.server.kill()
                return True
            if time.monotonic() > deadline - seconds + 2:
                self.nudge()
            time.sleep(0.05)
        self._plan_file.unlink(missing_ok=True)
        return False

    def kill_when_held(self):
        """SIGKILL while the receiver holds a request."""
        wait_for(lambda: self.receiver.held, seconds=DIE_SECONDS, pause=0.02)
        self.server.kill()
        self.receiver.release()

    def restart(self):
        """The dead server comes back; what it had claimed is free, as it is two minutes later."""
        self.query(DEAD_CLAIMS)
        self.server.start()

    def free_claims(self, pid):
        """What the dead process ``pid`` of several had claimed is free, as it is two minutes later."""
        self.query(f"{DEAD_CLAIMS} AND split_part(worker, ':', 2) = %s", [str(pid)])

    def right_server(self):
        """Another server in the place of the stopped one, without this world's environment."""
        self.environment = {}
        self.server = self.new_server()
        return self.server

    # --- becoming quiet ---

    def nudge(self):
        """Time passes: what waits is due, and the scheduled actions look."""
        self.query(LATER + TRIGGER)
        query("postgres", "SELECT pg_notify('cron_trigger', %s)", [self.database])

    def open_count(self):
        [(jobs, events)] = self.query(
            f"SELECT (SELECT count(*) FROM sync_job WHERE state IN {OPEN}),"
            " (SELECT count(*) FROM sync_event WHERE seq IS NULL)"
        )
        return jobs + events

    def settle(self, seconds=QUIET_SECONDS):
        """Until nothing is open. PostgreSQL may be away meanwhile."""
        deadline = time.monotonic() + seconds
        nudged = 0
        while time.monotonic() < deadline:
            try:
                if not self.open_count():
                    return
                if time.monotonic() - nudged > 1:
                    self.nudge()
                    nudged = time.monotonic()
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                time.sleep(0.5)
            time.sleep(0.1)
        rows = self.query(f"SELECT id, state, reason, error FROM sync_job WHERE state IN {OPEN} LIMIT 5")
        raise AssertionError(f"not quiet after {seconds} s: {rows}\n{self.server.log[-3000:]}")

    # --- judging ---

    def jobs(self):
        names = ("id", "kind", "state", "key", "event_id", "res_id", "attempts", "reason")
        found = [dict(zip(names, row, strict=True)) for row in self.query(JOBS) if row[1] == self.kind]
        return [job for job in found if job["id"] not in self._earlier]

    def effects(self):
        """Those of what was caused here."""
        return [each for each in self.receiver.effects(self.path) if each["key"] not in self._noise]

    def problems(self):
        """What is not as promised, in words; nothing when all is well."""
        return [*getattr(self, f"_problems_{self.kind}")(), *self._problems_of_events(), *self._problems_of_audit()]

    def _problems_deliver(self):
        return [*self._problems_of_effects(), *self._problems_of_chips()]

    _problems_push = _problems_deliver

    def _problems_intake(self):
        """Each message was understood once."""
        names = [f"From {message_id}" for message_id in self.messages]
        counts = dict(self.query("SELECT name, count(*) FROM res_partner WHERE name = ANY(%s) GROUP BY name", [names]))
        yield from (f"{name}: understood {counts.get(name, 0)} times" for name in names if counts.get(name) != 1)
        yield from self._problems_of_states(len(names))

    def _problems_import(self):
        """Each line of each file is there once, each statement complete."""
        wanted = LINES * len(self.caused)
        [found] = self.query(
            "SELECT count(*), count(DISTINCT ai_fingerprint), count(DISTINCT statement_id)"
            " FROM account_bank_statement_line WHERE journal_id = %s",
            [self.journal_id],
        )
        if found != (wanted, wanted, len(self.caused)):
            yield f"(lines, different ones, statements) {found} of {wanted} in {len(self.caused)}"
        states = self.query("SELECT state, count(*) FROM ai_bank_import GROUP BY state")
        if states != [("done", len(self.caused))]:
            yield f"imports are {states}"
        yield from self._problems_of_states(len(self.caused))

    def _problems_of_states(self, count):
        states = [job["state"] for job in self.jobs()]
        if states != ["done"] * count:
            yield f"jobs for {count} causes ended as {states}"

    def _problems_of_effects(self):
        """Each thing that happened is one job, which is done, and one effect at the receiver, under its key."""
        jobs, effects = self.jobs(), {each["key"]: each for each in self.effects()}
        about = [job["res_id"] for job in jobs]
        if len(self.caused) != len(self.wanted):
            yield f"{len(self.caused)} of {len(self.wanted)} partners were made"
        if sorted(about) != sorted(self.caused):
            yield f"{len(about)} jobs for {len(self.caused)} events"
        for job in jobs:
            effect = effects.pop(job["key"], None)
            if job["state"] != "done":
                yield f"job {job['id']} ended as {job['state']} ({job['reason']})"
            if effect is None:
                yield f"the effect of job {job['id']} is lost"
            elif effect["rows"] != 1:
                yield f"the effect of job {job['id']} is there {effect['rows']} times"
            elif effect["bodies"] != 1:
                yield f"job {job['id']} was sent with {effect['bodies']} different contents under one key"
        yield from (f"an effect nobody asked for: {key}" for key in effects)
        forged = [each for each in self.receiver.requests(self.path) if each["is_genuine"] == 0]
        if forged:
            yield f"{len(forged)} requests with a signature that is not accepted"

    def _problems_of_chips(self):
        states = self.server.call("res.partner", "read", self.key, ids=self.caused, fields=["sync_state"])
        wrong = [each for each in states if each["sync_state"] != "synced"]
        if wrong:
            yield f"chips that are wrong: {wrong[:3]}"

    def _problems_of_events(self):
        [(count, first, last)] = self.query("SELECT count(*), min(seq), max(seq) FROM sync_event WHERE seq > 0")
        if count and last - first + 1 != count:
            yield f"{count} events numbered {first} to {last}"

    def _problems_of_audit(self):
        report = self.server.call("ai.audit.log", "verify_chain", self.key)
        if not report["ok"]:
            yield f"the audit log is broken: {report['problems']}"

    def requests_per_effect(self):
        effects = self.effects()
        return sum(each["attempts"] for each in effects) / len(effects) if effects else 0


def _statement(first):
    """A bank file with ``LINES`` lines, numbered from ``first`` on, whose balances follow on those before."""
    entries = "".join(ENTRY.format(number=first + number) for number in range(LINES))
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}.00</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-01-10</Dt></Dt></Bal>"
        for kind, amount in (("OPBD", first), ("CLBD", first + LINES))
    )
    document = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<Stmt><Id>S{first}</Id><Acct><Id><IBAN>NL77ABNA0574908765</IBAN></Id></Acct>{balances}{entries}</Stmt>"
        "</BkToCstmrStmt></Document>"
    )
    return base64.b64encode(document.encode()).decode()
