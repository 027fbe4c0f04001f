import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { shortDate } from "../core/format";

/** The newest times at which a payment was expected: a square each, hollow where nothing came. */
export class ExpectedTimes extends Component {
    static template = "ai_bookkeeper.ExpectedTimes";
    static props = { ...standardFieldProps };

    get times() {
        return (this.props.record.data[this.props.name] || []).map(([due, came, count]) => ({
            due,
            state: !came ? "missing" : count > 1 ? "twice" : "came",
            title: this.title(due, came, count),
        }));
    }

    get label() {
        return this.times.map((time) => time.title).join(", ");
    }

    title(due, came, count) {
        const values = { due: shortDate(due), came: shortDate(came), count };
        if (!came) {
            return _t("expected on %(due)s: nothing came", values);
        }
        if (count > 1) {
            return _t("expected on %(due)s: came %(count)s times, first on %(came)s", values);
        }
        return _t("expected on %(due)s: came on %(came)s", values);
    }
}

registry.category("fields").add("ai_expected_times", {
    component: ExpectedTimes,
    displayName: _t("Expected times"),
    supportedTypes: ["json"],
});
