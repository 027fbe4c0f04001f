import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { useService } from "@web/core/utils/hooks";

/** Shares of a line on analytic accounts. */
export class AnalyticDialog extends Component {
    static template = "ai_bookkeeper.AnalyticDialog";
    static components = { Dialog, RecordSelector };
    static props = { close: Function, parts: Array, companyId: Number, onSave: Function };

    setup() {
        this.title = _t("Analytic distribution");
        this.name = useService("name");
        const parts = this.props.parts.map((part) => ({ ...part, id: part.ids[0] || false }));
        this.state = useState({ parts: parts.length ? parts : [this.blank(100)] });
    }

    blank(percent) {
        return { ids: [], id: false, name: "", percent };
    }

    get domain() {
        return ["|", ["company_id", "=", false], ["company_id", "parent_of", [this.props.companyId]]];
    }

    get sum() {
        return Math.round(this.state.parts.reduce((sum, { percent }) => sum + (Number(percent) || 0), 0) * 100) / 100;
    }

    add() {
        this.state.parts.push(this.blank(Math.max(100 - this.sum, 0)));
    }

    remove(part) {
        this.state.parts.splice(this.state.parts.indexOf(part), 1);
    }

    /** Other plans that a share was on stay with it. */
    choose(part, accountId) {
        part.ids = accountId ? [accountId, ...part.ids.slice(1)] : [];
        part.id = accountId;
    }

    async save() {
        const parts = this.state.parts.filter(({ ids, percent }) => ids.length && Number(percent) > 0);
        const names = await this.name.loadDisplayNames("account.analytic.account", parts.flatMap(({ ids }) => ids));
        this.props.onSave(
            parts.map(({ ids, percent }) => ({ ids, percent: Number(percent), name: ids.map((id) => names[id]).join(" · ") }))
        );
        this.props.close();
    }
}
