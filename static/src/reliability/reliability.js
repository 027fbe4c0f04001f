import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const SIDE = 220;
const TIERS = { memory: "o_ai_memory", prediction: "o_ai_prediction" };

/**
 * What was said beside what was right: a point a bin of confidence, on the diagonal when it is calibrated, with the
 * exact interval, and the figures beside it.
 */
export class ReliabilityDiagram extends Component {
    static template = "ai_bookkeeper.ReliabilityDiagram";
    static props = {
        /** {tier, low, high, n, right, mean, interval: [low, high]} */
        bins: Array,
    };

    side = SIDE;
    ticks = [0, 0.25, 0.5, 0.75, 1];

    get rows() {
        return [...this.props.bins].sort((a, b) => a.tier.localeCompare(b.tier) || b.low - a.low);
    }

    get points() {
        return this.rows.map((row) => ({
            key: `${row.tier}${row.low}`,
            className: TIERS[row.tier] || "",
            x: this.x(row.mean),
            y: this.y(row.right / row.n),
            low: this.y(row.interval[0]),
            high: this.y(row.interval[1]),
            radius: 3 + Math.min(Math.log10(row.n), 4),
            title: this.sentence(row),
        }));
    }

    x(share) {
        return share * SIDE;
    }

    y(share) {
        return SIDE - share * SIDE;
    }

    percent(share, digits = 0) {
        return `${formatFloat(100 * share, { digits: [16, digits] })} %`;
    }

    tier(row) {
        return { memory: _t("Memory"), prediction: _t("Prediction"), rule: _t("Rule"), match: _t("Match") }[row.tier] || row.tier;
    }

    range(row) {
        return `${this.percent(row.low)} – ${this.percent(row.high)}`;
    }

    sentence(row) {
        return _t("%(tier)s: of %(n)s said at %(said)s, %(right)s were right", {
            tier: this.tier(row),
            n: row.n,
            said: this.percent(row.mean, 1),
            right: row.right,
        });
    }
}

export class ReliabilityField extends Component {
    static template = "ai_bookkeeper.ReliabilityField";
    static components = { ReliabilityDiagram };
    static props = { ...standardFieldProps };

    get bins() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("ai_reliability", {
    component: ReliabilityField,
    supportedTypes: ["json", "jsonb"],
});
