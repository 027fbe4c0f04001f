"""The words that the floors share: kinds, states, tiers, reasons.

A word is stored in the database and shown to API clients: rename none.
Labels for people stand beside the fields that show them (models), so that they can be translated.
"""

from __future__ import annotations

# --- ai.suggestion -----------------------------------------------------------

KINDS = (
    "bank_match",
    "bank_coding",
    "bill_document",
    "bill_coding",
    "order_invoice",
    "order_bill",
    "expense_coding",
    "anomaly",
    "close_entry",
    "reminder",
    "narrative",
    "correction",
    "cut_over",
    "payout",
    "advance",
    "netting",
)

PENDING = "pending"
ACCEPTED = "accepted"
APPLIED = "applied"
REJECTED = "rejected"
SUPERSEDED = "superseded"
FAILED = "failed"
UNDONE = "undone"
SUGGESTION_STATES = (PENDING, ACCEPTED, APPLIED, REJECTED, SUPERSEDED, FAILED, UNDONE)
OPEN_STATES = (PENDING, ACCEPTED)

TIERS = ("rule", "match", "memory", "prediction", "model", "agent")
DECISIONS = ("person", "policy")
ORIGINS = ("engine", "user", "agent")
POLICY_OUTCOMES = ("asked", "accepted")
POLICY_MODES = ("assist", "supervised", "autopilot")
GATE_STATES = ("closed", "small", "open")

# --- what a proposal is (evidence["case"]) --------------------------

MATCHING_CASES = (
    "one",  # one open item, to the cent
    "several",  # several items of one partner: lump sum, net of credit notes, instalments
    "partial",  # part of one item
    "overpayment",  # items and a rest that is owed back
    "registered",  # a payment already registered: its outstanding line
    "on_account",  # a sure partner, no fitting item
    "batch",  # one deposit of many customers
    "payment_run",  # one debit that pays many bills of several vendors
    "transfer",  # between the company's own bank journals
    "returned",  # a returned debit or bounced payment: re-opens what it had paid
    "paid_twice",  # a second payment of a paid item: owed back
    "refund",  # money back: a credit note paid out, or received from a vendor
    "discount",  # cash discount that the term grants on that date
    "fee",  # the bank kept a fee
    "withholding",  # the payer kept withholding tax
    "rounding",  # a few cents under the cap
    "currency",  # another currency than the document's
)
#: Bank lines of many payments; whoever orders or settles them keeps a file.
RUN_CASES = (
    "collection",  # one credit for the direct debits of many customers
    "wage_run",  # net wages: one debit for many, or one each
    "payout",  # of a payment provider, against its clearing account
)
CODING_CASES = (
    "coded",  # on an account, as people did before
    "settles",  # on a balance-sheet account, against what stands there
    "split",  # on several accounts
)
#: Suggestions that make journal entries of their own.
ENTRY_CASES = (
    "cut_over",  # entries made by hand on a bank account become outstanding items
    "settlement",  # what a payment provider kept of a payout
    "advance",  # tax on money received before its invoice
    "advance_released",  # that tax taken back: the money was used, or paid back
    "advance_used",  # money on account pays a document
    "netting",  # what a partner owes against what is owed to it
)
CASES = (
    *MATCHING_CASES,
    *RUN_CASES,
    *CODING_CASES,
    "bill",  # a vendor's bill from its document
    "manual",  # matched or coded by hand
    "correction",  # what a backtest found wrong in the books
    *ENTRY_CASES,
)

# --- why a write-off line exists (proposal["write_off"][n]["reason"]) ---------

CASH_DISCOUNT = "cash_discount"
BANK_FEE = "bank_fee"
WITHHOLDING = "withholding"
ROUNDING = "rounding"
ON_ACCOUNT = "on_account"  # to the partner's receivable or payable: stays open there
OVERPAID = "overpaid"  # idem, the rest of a too large payment
PAID_TWICE = "paid_twice"  # idem, the second payment of a paid item
TRANSFER = "transfer"  # to the company's inter-bank transfer account
RETURN_FEE = "return_fee"  # to the receivable of the customer whose collection came back: the bank's fee is theirs
PAYOUT = "payout"  # to a payment provider's clearing account, until its settlement file is there
MANUAL = "manual"
WRITE_OFF_REASONS = (
    CASH_DISCOUNT,
    BANK_FEE,
    WITHHOLDING,
    ROUNDING,
    ON_ACCOUNT,
    OVERPAID,
    PAID_TWICE,
    TRANSFER,
    RETURN_FEE,
    PAYOUT,
    MANUAL,
)
#: Reasons whose line lands on a balance-sheet account of the partner or the company, not in profit and loss.
BALANCE_REASONS = (ON_ACCOUNT, OVERPAID, PAID_TWICE, TRANSFER, WITHHOLDING, RETURN_FEE, PAYOUT)

# --- counterparts of the balance sheet --------------------------------------------

COUNTERPART_KINDS = ("tax_office", "social_fund", "lender", "card_issuer", "sister", "employee", "owner")
#: What a payment to or from one of them settles.
SETTLED_TOPICS = (
    "vat",
    "payroll_tax",
    "corporate_tax",
    "social",
    "wages",
    "loan",
    "card",
    "intercompany",
    "expense",
    "advance",
    "drawings",
    "contribution",
    "owner",
    "dividend",
    "deposit",
    "other",
)

# --- signals (evidence["ticks"]) -----------------------------------------------

TICKS = ("reference", "amount", "iban", "name", "date")
TICK_VALUES = ("yes", "near", "no", "missing")

REJECT_REASONS = ("wrong_item", "wrong_partner", "wrong_amount", "wrong_account", "not_mine", "later", "other")

# --- what the last proposing run found for a bank line ------------------------

LINE_FINDINGS = ("todo", "proposed", "asked", "nothing")

# --- ai.audit.log ----------------------------------------------------------------

AUDIT_EVENTS = (
    "proposed",
    "refreshed",
    "opened",
    "accepted",
    "edited",
    "chosen",
    "rejected",
    "applied",
    "failed",
    "superseded",
    "undone",
    "approved",  # the first of two approvals
    "accepted_by_policy",  # waits for its daily batch
    "signed_off",  # a reviewer signed the batch of a policy
    "sent_back",  # accepted, and asks again
    "changed_outside",
    "asked",  # a question went to a person outside the desk
    "answered",
    "withdrawn",  # a question, before it was answered
    "spending_asked",  # may this bill be paid? by mail, apart from booking
    "spending_approved",
    "spending_refused",
    "spending_withdrawn",  # a manager said that it needs no approval
    "parked",
    "imported",
    "import_undone",
    "import_held",  # until the cut-over of its account is accepted
    "policy_changed",
    "receipt_changed",  # no document will come, or one is wanted after all
    "expectation_changed",  # a payment waits for its bill or expense
    "rule_changed",  # a rule of coding: made, changed, deleted
    "mode_changed",
    "paused",
    "resumed",
    "sync_paused",
    "sync_resumed",
    "setting_changed",
    "role_changed",
    "duty_lifted",  # two people were needed; the company declared that it has one
    "finding_dismissed",
    "finding_reopened",
    "bank_confirmed",  # a manager confirmed a vendor's new account: its bill may be paid
    "cost_attached",  # a bill whose cost was booked before became a document of that entry
    "company_changed",  # a document moved to the company that it is for
    "vendor_changed",  # a bank account of a partner: who accepts its next bill must be somebody else
    "duty_declared",  # one person does everything: declared, not hidden
    "key_created",
    "key_rotated",
    "key_revoked",
    "key_used",
    "facts_read",
    "refused",
    "anchored",  # the head of the seals left the database
    "exported",
    "erased",
    "connected",  # a connection, with what it may reach
    "disconnected",  # its credentials, bindings and open jobs went
    "rearmed",  # it may send from this database and address
    "secret_stored",
    "secret_wiped",
    "job_retried",
    "job_cancelled",
    "hook_opened",  # a public address that takes what others send
    "hook_rotated",
    "hook_closed",
    "intake_answered",  # a person said what a file that came in belongs to
    "secret_shown",
    "webhook_changed",  # its address, what it sends, or whether it sends
    "webhook_resent",
    "gate_opened",  # autopilot books alone from now on: what was shown, and how far
    "gate_closed",
    "sampled",  # drawn, to be coded blind
    "sample_coded",
    "review_drawn",
    "review_concluded",
    "document_filed",  # as not a bill, or as one after all
    "document_read_again",
    "document_corrected",  # a person said what stands in it
    "layout_learned",
    "layout_unlearned",
    "layout_switched",
    "layout_forgotten",
    "model_changed",  # the language model: where it is, what may be sent, what it may cost
    "cut_over_done",  # a bank account with entries made by hand got its first statements
    "cut_over_undone",
    "line_set_aside",  # a bank line that was one too many counts no more
    "line_put_back",
    "line_restored",  # a changed bank line got the file's date and amount back
    "reconciliation_issued",  # the figures of a bank reconciliation statement were fixed
    "payout_taken",  # a provider's settlement file was read
    "payout_dropped",  # before it was booked
    "payout_row_chosen",  # a person said what a row of it pays
    "provider_changed",  # a payment provider: its accounts, taxes, or that it bills
    "loan_changed",
    "counterpart_changed",  # what payments to a tax office, lender or owner settle
    "rate_set",  # a person or the configured provider said what a currency is worth
    "run_taken",  # a payment file was read
    "run_changed",  # what the bank refused of it, or that it was taken away
    "expected_changed",  # a recurring payment: its dates, amounts, or that it ended
)

# --- ai.sample --------------------------------------------------------------------

SAMPLE_WAITING = "waiting"
SAMPLE_SAME = "same"
SAMPLE_DIFFERS = "differs"  # and nobody said yet who was right
SAMPLE_WRONG = "wrong"  # the machine was
SAMPLE_WITHDRAWN = "withdrawn"  # the person was, on seeing both
SAMPLE_GONE = "gone"  # its booking was taken back, or deleted, before anybody coded it
SAMPLE_STATES = (SAMPLE_WAITING, SAMPLE_SAME, SAMPLE_DIFFERS, SAMPLE_WRONG, SAMPLE_WITHDRAWN, SAMPLE_GONE)

# --- ai.bank.import ---------------------------------------------------------------

#: ``held``: the account holds entries that were posted by hand, so the file waits for a cut-over.
IMPORT_STATES = ("draft", "held", "queued", "running", "done", "failed", "undone")

# --- ai.cut.over ------------------------------------------------------------------

CUT_OVER_STATES = ("open", "done", "undone", "dropped")

# --- ai.question ------------------------------------------------------------------

COLLECTED = "collected"  # waits for the next mail to this person
SENT = "sent"
ANSWERED = "answered"
WITHDRAWN = "withdrawn"
EXPIRED = "expired"
CLOSED = "closed"  # decided without an answer
QUESTION_STATES = (COLLECTED, SENT, ANSWERED, WITHDRAWN, EXPIRED, CLOSED)
UNANSWERED_STATES = (COLLECTED, SENT)

PARK_REASONS = ("missing_document", "unknown_payee", "waiting_answer", "disputed", "other")

# --- what the key of an outside agent may call ------------------------------------

AGENT_METHODS = {"ai.suggestion": ("propose", "submit", "facts", "tasks", "schema")}

# --- sync ----------------------------------------------------------------------------------------------------

JOB_KINDS = ("deliver", "push", "pull", "intake", "extract", "learn", "backtest", "import")

JOB_PENDING = "pending"
JOB_RUNNING = "running"
JOB_WAITING = "waiting"
JOB_INDETERMINATE = "indeterminate"
JOB_DONE = "done"
JOB_FAILED = "failed"
JOB_DEAD = "dead"
JOB_CANCELLED = "cancelled"
JOB_STATES = (
    JOB_PENDING,
    JOB_RUNNING,
    JOB_WAITING,
    JOB_INDETERMINATE,
    JOB_DONE,
    JOB_FAILED,
    JOB_DEAD,
    JOB_CANCELLED,
)
#: Something will still happen by itself.
JOB_OPEN_STATES = (JOB_PENDING, JOB_RUNNING, JOB_WAITING, JOB_INDETERMINATE)
#: Nothing happens until a person does something.
JOB_STOPPED_STATES = (JOB_FAILED, JOB_DEAD)

WEBHOOK_STATES = ("draft", "on", "paused", "off")
#: Events become jobs; those of a paused one wait.
WEBHOOK_LISTENING_STATES = ("on", "paused")
SYNC_STATES = ("none", "pending", "synced", "failed", "conflict")
CONNECTION_STATES = ("draft", "connected", "paused", "broken", "disconnected")

#: Everything that ``sync.event.name`` may be, and what subscribers choose from.
SYNC_EVENTS = (
    "move.created",  # an invoice, bill, credit note or receipt, as a draft
    "move.posted",
    "move.paid",  # paid further than before, also in part
    "move.unpaid",  # paid less far than before
    "move.payment_blocked",
    "move.payment_released",
    "move.reset",  # to draft
    "move.cancelled",
    "move.reversed",  # a credit note that reverses it was posted
    "payment.registered",
    "payment.reconciled",  # with documents, or matched with the bank
    "payment.unreconciled",
    "payment.reset",
    "payment.cancelled",
    "partner.created",
    "partner.changed",
    "partner.merged",
    "bank_line.added",
    "bank_line.reconciled",
    "bank_line.unreconciled",
    "bank.imported",
    "bank.import_undone",
    "suggestion.proposed",
    "suggestion.refreshed",  # its facts changed
    "suggestion.edited",
    "suggestion.accepted",
    "suggestion.accepted_by_policy",
    "suggestion.sent_back",
    "suggestion.applied",
    "suggestion.rejected",
    "suggestion.undone",
    "suggestion.failed",
    "suggestion.superseded",
    "suggestion.changed_outside",
    "suggestion.asked",
    "suggestion.answered",
    "suggestion.withdrawn",
    "question.asked",  # about a record without a suggestion
    "question.answered",
    "question.withdrawn",
    "intake.received",
    "sync.requested",  # a person asked to send the state of the record now
    "sync.restored",  # the database went back in time, or is a copy: read everything anew
)
