import { Component, useState } from "@odoo/owl";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { useService } from "@web/core/utils/hooks";
import { BillFacts } from "../bill_facts/bill_facts";
import { BillFields } from "../bill_fields/bill_fields";
import { BillFindings } from "../bill_findings/bill_findings";
import { BillLines } from "../bill_lines/bill_lines";
import { money, shortDate } from "../core/format";
import { RejectMenu } from "../reject_menu/reject_menu";
import { CHIPS, isWaiting } from "../suggestion_card/suggestion_card";

const PROGRESS_CHIPS = {
    queued: "text-bg-info",
    reading: "text-bg-info",
    failed: "text-bg-danger",
    not_bill: "text-bg-secondary",
    read: "text-bg-secondary",
    booked: "text-bg-success",
};

/** What one document was read as, what would be booked and why, and the buttons that decide. */
export class BillCard extends Component {
    static template = "ai_bookkeeper.BillCard";
    static components = { BillFacts, BillFields, BillFindings, BillLines, RecordSelector, RejectMenu };
    static props = {
        store: Object,
        busy: { type: Boolean, optional: true },
        onAccept: Function,
        onReject: Function,
        onChoose: Function,
        onUndo: Function,
        /** State of the menu of reasons, for a key that opens it. */
        rejectMenu: { type: Object, optional: true },
        /** What a decision ran into, where the screen around knows better than the card. */
        problem: { type: String, optional: true },
        slots: { type: Object, optional: true },
    };
    static defaultProps = { busy: false, problem: "" };

    setup() {
        this.store = this.props.store;
        this.state = useState(this.store.state);
        this.view = useState({ isChoosingVendor: false });
        this.action = useService("action");
        this.money = money;
        this.shortDate = shortDate;
    }

    get screen() {
        return this.state.screen;
    }

    get document() {
        return this.screen.document;
    }

    get card() {
        return this.screen.card;
    }

    get isBusy() {
        return this.props.busy || Boolean(this.state.busy);
    }

    get isWaiting() {
        return Boolean(this.card && isWaiting(this.card));
    }

    get isQuestion() {
        return this.isWaiting && this.card.is_question;
    }

    get chip() {
        if (this.card) {
            const [label, className] = CHIPS[this.isQuestion ? "question" : this.card.state] || [];
            return { label, className };
        }
        const className = PROGRESS_CHIPS[this.document.progress] || "text-bg-secondary";
        return { label: this.document.progress_label, className };
    }

    get title() {
        const vendor = this.card?.vendor;
        return vendor?.name || vendor?.new?.name || this.store.field("vendor")?.value || this.document.name;
    }

    /** What the document says is to be paid. */
    get total() {
        const total = this.card?.sums.total || this.store.field("total")?.value;
        return total ? Number(total) : null;
    }

    get currencyId() {
        return this.card?.currency_id;
    }

    get totalText() {
        if (this.total === null) {
            return "";
        }
        const currency = this.store.field("currency")?.value || "";
        return this.currencyId ? money(this.total, this.currencyId) : `${this.total.toFixed(2)} ${currency}`;
    }

    /** What is in the way, said where the buttons are: of a correction, of a decision, or of an earlier try. */
    get problem() {
        return this.state.problem || this.props.problem || this.card?.error || "";
    }

    get isComing() {
        return ["queued", "reading"].includes(this.document.state);
    }

    get isStopped() {
        return (this.card?.findings || []).some(({ state, severity }) => state === "open" && severity === "stop");
    }

    get hasEdits() {
        return Boolean(this.state.lines);
    }

    get vendorDomain() {
        return ["|", ["company_id", "=", false], ["company_id", "parent_of", [this.document.company_id]]];
    }

    get canBeBill() {
        return this.document.state === "not_bill" && this.screen.can_decide;
    }

    get canBeNoBill() {
        return ["read", "failed"].includes(this.document.state) && !this.store.isBooked;
    }

    get canReadAgain() {
        return !this.isComing && !this.store.isBooked && this.document.attachment_id;
    }

    choosesVendor() {
        this.view.isChoosingVendor = true;
    }

    async setVendor(partnerId) {
        this.view.isChoosingVendor = false;
        if (partnerId && partnerId !== this.card.vendor.id) {
            await this.store.chooseVendor(partnerId);
        }
    }

    openDraft() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: this.document.move_id,
            views: [[false, "form"]],
        });
    }

    openVendor() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.card.vendor.id,
            views: [[false, "form"]],
        });
    }

    async onFinding(finding, method, args) {
        const result = await this.store.findingAct(finding, method, args);
        if (result?.type) {
            await this.action.doAction(result, { onClose: () => this.store.reload() });
        }
    }
}
