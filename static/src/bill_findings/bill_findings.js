import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { DismissDialog } from "./dismiss_dialog";

/** What stops a bill, each with its twin or reason, and what may be done about it. */
export class BillFindings extends Component {
    static template = "ai_bookkeeper.BillFindings";
    static props = {
        findings: Array,
        canDecide: Boolean,
        disabled: Boolean,
        /** (finding, method, arguments) */
        onAct: Function,
    };

    setup() {
        this.dialog = useService("dialog");
    }

    dismiss(finding) {
        this.dialog.add(DismissDialog, {
            text: finding.text,
            onDismiss: (reason) => this.props.onAct(finding, "action_dismiss", [reason]),
        });
    }
}
