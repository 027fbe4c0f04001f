import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus } from "@web/core/utils/hooks";

/** A finding is dismissed with a reason, which the audit log keeps. */
export class DismissDialog extends Component {
    static template = "ai_bookkeeper.DismissDialog";
    static components = { Dialog };
    static props = { close: Function, text: String, onDismiss: Function };

    setup() {
        this.title = _t("Dismiss this finding");
        this.state = useState({ reason: "" });
        useAutofocus({ refName: "reason" });
    }

    get canDismiss() {
        return this.state.reason.trim().length >= 3;
    }

    dismiss() {
        if (this.canDismiss) {
            this.props.close();
            this.props.onDismiss(this.state.reason.trim());
        }
    }
}
