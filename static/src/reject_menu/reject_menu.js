import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";

const REASONS = [
    ["wrong_item", _t("Wrong document")],
    ["wrong_partner", _t("Wrong partner")],
    ["wrong_amount", _t("Wrong amount")],
    ["wrong_account", _t("Wrong account")],
    ["not_mine", _t("Not ours")],
    ["later", _t("Decide later")],
    ["other", _t("Another reason")],
];

/** Reject with one click, or say why with two. */
export class RejectMenu extends Component {
    static template = "ai_bookkeeper.RejectMenu";
    static components = { Dropdown, DropdownItem };
    static props = { disabled: Boolean, onReject: Function, menu: { type: Object, optional: true } };

    setup() {
        this.reasons = REASONS;
    }
}
