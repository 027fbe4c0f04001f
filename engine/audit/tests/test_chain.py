"""The checker finds each way to tamper with a sealed log."""

import json
import unittest

from engine.audit import chain

AT = "2026-03-01 10:%02d:00"


def row(number, **values):
    made = {
        "id": number,
        "version": 2,
        "event": "applied",
        "at": AT % number,
        "user_id": 7,
        "key_id": 0,
        "company_id": 1,
        "suggestion_id": number,
        "res_model": "account.bank.statement.line",
        "res_id": number,
        "payload": {"n": number},
        **values,
    }
    return {**made, "digest": chain.row_digest(made)}


def sealed(rows, seq=0, head=chain.GENESIS, at="2026-03-01 11:00:00"):
    seals = []
    for each in rows:
        seq += 1
        head = chain.next_head(head, seq, each["id"], each["digest"], at)
        seals.append({"seq": seq, "log_id": each["id"], "digest": each["digest"], "head": head, "sealed_at": at})
    return seals


class TestChain(unittest.TestCase):
    def setUp(self):
        self.rows = {number: row(number) for number in range(1, 11)}
        self.seals = sealed(self.rows.values())
        self.anchor = {"seq": 8, "head": self.seals[7]["head"], "at": "2026-03-01 12:00:00"}

    def check(self, anchors=(), given=10, identities=None):
        checker = chain.Checker(anchors)
        for seal in self.seals:
            checker.seal(seal, self.rows.get(seal["log_id"]), (identities or {}).get(seal["log_id"], ()))
        return checker.finish(given)

    def codes(self, **values):
        return set(self.check(**values).counts)

    def test_whole(self):
        checker = self.check([self.anchor])
        self.assertTrue(checker.is_whole, checker.problems)
        self.assertEqual((checker.rows, checker.seals, len(checker.confirmed)), (10, 10, 1))

    def test_a_changed_row(self):
        self.rows[3]["payload"] = {"n": 4}
        self.assertEqual(self.check().problems, [{"code": "changed_row", "seq": 3, "log_id": 3}])

    def test_each_column_counts(self):
        for name in chain.COLUMNS:
            with self.subTest(name):
                self.rows[3] = {**row(3), name: "2026-03-01 10:59:59" if name == "at" else "other"}
                self.assertEqual(self.codes(), {"changed_row"})

    def test_a_changed_row_with_a_new_digest(self):
        self.rows[3] = row(3, user_id=8)
        self.assertEqual(self.codes(), {"changed_row"})

    def test_a_changed_row_with_digest_and_seal(self):
        self.rows[3] = row(3, user_id=8)
        self.seals[2]["digest"] = self.rows[3]["digest"]
        self.assertEqual(self.codes(), {"forged_seal"})

    def test_a_deleted_row(self):
        del self.rows[3], self.rows[4]
        problem = self.check().problems[0]
        self.assertEqual((problem["code"], problem["seq"], problem["until"]), ("deleted_row", 3, 4))

    def test_a_deleted_row_with_its_seal(self):
        del self.rows[3], self.seals[2]
        self.assertEqual(self.codes(), {"missing_seal"})

    def test_rows_cut_off_the_end(self):
        del self.rows[10], self.rows[9]
        self.assertEqual(self.codes(), {"cut_tail"})

    def test_rows_and_seals_cut_off_show_beside_an_anchor(self):
        del self.seals[5:]
        self.assertEqual(self.codes(), set())
        self.assertEqual(self.codes(anchors=[self.anchor]), {"cut_tail"})

    def test_a_restored_backup_has_forgotten_the_numbers(self):
        del self.seals[5:]
        self.assertEqual(self.codes(anchors=[self.anchor], given=5), {"restored_backup"})

    def test_a_restored_backup_that_went_on(self):
        self.seals = self.seals[:5] + sealed(
            [row(20 + number) for number in range(10)], 5, self.seals[4]["head"], "2026-03-02 09:00:00"
        )
        self.rows.update({20 + number: row(20 + number) for number in range(10)})
        self.assertEqual(self.codes(anchors=[self.anchor], given=15), {"restored_backup"})

    def test_a_rebuilt_chain(self):
        self.rows[3] = row(3, user_id=8)
        self.seals = sealed(self.rows.values())
        self.assertEqual(self.codes(), set())
        self.assertEqual(self.codes(anchors=[self.anchor]), {"rebuilt_chain"})

    def test_a_row_put_in_later_with_an_old_date(self):
        late = row(11, at="2026-02-01 10:00:00")
        self.rows[11] = late
        self.seals += sealed([late], 10, self.seals[-1]["head"])
        self.assertEqual(self.codes(), {"backdated_row"})

    def test_names(self):
        digest = chain.identity_digest("salt", "Ann")
        self.rows[3] = row(3, payload={"identities": {"partner": digest}})
        self.seals = sealed(self.rows.values())
        kept = {"field_name": "partner", "salt": "salt", "value": "Ann", "digest": digest}
        self.assertEqual(self.codes(identities={3: [kept]}), set())
        self.assertEqual(self.codes(identities={3: [{**kept, "value": "Bob"}]}), {"changed_identity"})
        self.assertEqual(self.codes(), {"missing_identity"})
        self.assertEqual(self.codes(identities={3: [kept], 4: [kept]}), {"missing_identity"})
        checker = self.check(identities={3: [{**kept, "salt": None, "value": None}]})
        self.assertEqual((checker.is_whole, checker.erased), (True, 1))

    def test_rows_of_before_sealing(self):
        old = {**row(1), "version": 0, "suggestion_id": 0, "payload": {"a": 1, "identities": {"label": "x"}}}
        body = {name: old[name] or False for name in chain.COLUMNS if name != "key_id"}
        body.update(payload={"a": 1}, identities={"label": "x"})
        self.assertEqual(chain.row_digest(old), chain.hashlib.sha256(chain.canonical(body).encode()).hexdigest())

    def test_payloads_survive_the_database(self):
        value = {1: 1e22, "b": (1.10, None, True), "c": {"x": float("1e-7")}, "d": "a\x00\ud800", "e": 10**30}
        made = chain.plain(value)
        self.assertEqual(made["1"], "10000000000000000000000")
        self.assertEqual(chain.canonical(json.loads(json.dumps(made))), chain.canonical(made))

    def test_memory_is_bounded(self):
        self.rows = {}
        self.seals = sealed(row(number, at=AT % 1) for number in range(1, 2000))
        checker = self.check()
        self.assertEqual(checker.counts, {"cut_tail": 1})
        self.assertEqual((checker.problems[0]["seq"], checker.problems[0]["until"]), (1, 1999))


if __name__ == "__main__":
    unittest.main()
