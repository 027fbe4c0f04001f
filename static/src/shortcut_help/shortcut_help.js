import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

const SHORTCUTS = [
    [["J", "↓"], _t("Next line")],
    [["K", "↑"], _t("Previous line")],
    [["A"], _t("Accept")],
    [["1", "…", "9"], _t("Choose an answer of a question")],
    [["R"], _t("Reject")],
    [["U"], _t("Undo")],
    [["E"], _t("Match by hand")],
    [["?"], _t("This list")],
];

export class ShortcutHelp extends Component {
    static template = "ai_bookkeeper.ShortcutHelp";
    static components = { Dialog };
    static props = { close: Function, shortcuts: { type: Array, optional: true } };

    setup() {
        this.title = _t("Keys");
        this.shortcuts = this.props.shortcuts || SHORTCUTS;
    }
}
