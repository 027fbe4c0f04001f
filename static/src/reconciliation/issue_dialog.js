import { Component, useState } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";
import { Dialog } from "@web/core/dialog/dialog";
import { money } from "../core/format";

/** Asks once more before figures are fixed, and for a word about what is left. */
export class IssueDialog extends Component {
    static template = "ai_bookkeeper.IssueDialog";
    static components = { Dialog };
    static props = { sheet: Object, issue: Function, close: Function };

    setup() {
        this.state = useState({ note: "", busy: false });
        useAutofocus({ refName: "note" });
    }

    get difference() {
        return money(Number(this.props.sheet.figures.difference), this.props.sheet.currency_id);
    }

    get isAgreed() {
        return Number(this.props.sheet.figures.difference) === 0;
    }

    async issue() {
        this.state.busy = true;
        try {
            await this.props.issue(this.state.note);
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}
