import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

const ICONS = {
    ok: "fa-check text-success",
    warn: "fa-exclamation-circle text-warning-emphasis",
    bad: "fa-times-circle text-danger",
    plain: "fa-minus text-muted",
};

/** What a careful bookkeeper asks about a bill, each with its answer. */
export class BillFacts extends Component {
    static template = "ai_bookkeeper.BillFacts";
    static props = { facts: Array };

    setup() {
        this.action = useService("action");
        this.icons = ICONS;
    }

    open(fact) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: fact.model,
            res_id: fact.res_id,
            views: [[false, "form"]],
        });
    }
}
