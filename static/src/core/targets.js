/**
 * The two models whose records a person decides on: what to read for the card, which method a decision calls,
 * and what the record says about itself. Everything else on these screens works for both.
 */
const OPEN_STATES = ["pending", "accepted"];

const line = {
    methods: {
        accept: "action_ai_accept",
        reject: "action_ai_reject",
        choose: "action_ai_choose",
        propose: "action_ai_propose",
    },
    specification: {
        ai_card: {},
        ai_status: {},
        ai_suggestion_id: { fields: {} },
        ai_finding_text: {},
        ai_rate_wanted: {},
        payment_ref: {},
        amount: {},
        date: {},
        currency_id: { fields: { display_name: {} } },
        partner_id: { fields: { display_name: {} } },
        partner_name: {},
    },
    toCard(values) {
        const card = values.ai_card || bareCard(values);
        return { ...card, status: values.ai_status, finding: values.ai_finding_text || "" };
    },
    isOpen: (data) => data.ai_status !== "reconciled",
    suggestionId: (values) => values.ai_suggestion_id?.id || false,
    statementLineId: (values) => values.id,
};

const suggestion = {
    methods: {
        accept: "action_accept",
        reject: "action_reject",
        choose: "action_choose",
    },
    specification: {
        card: {},
        state: {},
        statement_line_id: { fields: { display_name: {} } },
    },
    toCard: (values) => values.card || {},
    isOpen: (data) => OPEN_STATES.includes(data.state),
    suggestionId: (values) => values.id,
    statementLineId: (values) => values.statement_line_id?.id || false,
};

/** A line without a suggestion still shows what the bank told. */
function bareCard(values) {
    const partner = values.partner_id;
    return {
        amount: values.amount,
        currency_id: values.currency_id?.id,
        date: values.date,
        text: values.payment_ref || "",
        partner: partner ? { id: partner.id, name: partner.display_name } : null,
        bank_name: values.partner_name || "",
        exchange: values.ai_rate_wanted?.length ? { missing: values.ai_rate_wanted } : null,
    };
}

export const TARGETS = {
    "account.bank.statement.line": line,
    "ai.suggestion": suggestion,
};
