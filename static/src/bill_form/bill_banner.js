import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLORS = {
    queued: "alert-info",
    reading: "alert-info",
    failed: "alert-danger",
    held: "alert-danger",
    question: "alert-warning",
    decide: "alert-info",
    second: "alert-info",
    read: "alert-light border",
    rejected: "alert-light border",
    booked: "alert-light border",
    not_bill: "alert-secondary",
};
const WAITING = ["held", "question", "decide", "second"];

/** On the bill's own form: how far its document is, and the way to its picture. */
export class BillBanner extends Component {
    static template = "ai_bookkeeper.BillBanner";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ busy: false });
    }

    get bill() {
        return this.props.record.data[this.props.name] || null;
    }

    get document() {
        return this.bill.document;
    }

    get color() {
        return COLORS[this.document.progress] || "alert-light border";
    }

    get isWaiting() {
        return WAITING.includes(this.document.progress);
    }

    get canReadAgain() {
        const { state, move_state: moveState } = this.document;
        return this.bill.can_decide && moveState === "draft" && !["queued", "reading"].includes(state);
    }

    async act(model, method, args) {
        this.state.busy = true;
        try {
            const result = await this.orm.call(model, method, args);
            if (result?.type) {
                await this.action.doAction(result, { onClose: () => this.props.record.load() });
            } else {
                await this.props.record.load();
            }
        } finally {
            this.state.busy = false;
        }
    }

    open() {
        return this.act("ai.document", "action_open_screen", [[this.document.id]]);
    }

    readAgain() {
        return this.act("ai.document", "read_again", [[this.document.id]]);
    }
}

registry.category("fields").add("ai_bill_banner", { component: BillBanner, supportedTypes: ["json"] });
