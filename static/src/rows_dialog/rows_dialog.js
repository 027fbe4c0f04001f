import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/** An editable list whose rows open in a dialog of their own: in a dialog there is no page to go to. */
export class RowsDialogField extends X2ManyField {
    async switchToForm(record) {
        await this.list.leaveEditMode();
        return this._openRecord({ record, context: this.props.context, readonly: this.props.readonly });
    }
}

registry.category("fields").add("ai_rows_dialog", {
    ...x2ManyField,
    component: RowsDialogField,
    additionalClasses: ["o_field_one2many"],
});
