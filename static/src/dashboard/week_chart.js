import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { cookie } from "@web/core/browser/cookie";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const SERIES = [
    { name: "person", label: _t("Accepted by people"), color: 1, stack: "decided" },
    { name: "policy", label: _t("Accepted by policy"), color: 2, stack: "decided" },
    { name: "rejected", label: _t("Rejected"), color: 3, stack: "decided" },
    { name: "edited", label: _t("Edited"), color: 4, stack: "corrected" },
    { name: "undone", label: _t("Undone"), color: 5, stack: "corrected" },
    { name: "changed_outside", label: _t("Changed outside"), color: 6, stack: "corrected" },
];

/** Two columns a week: what was decided, and what of it was corrected. */
export class WeekChart extends Component {
    static template = "ai_bookkeeper.WeekChart";
    static props = { weeks: Array };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.weeks]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        const { weeks } = this.props;
        const scheme = cookie.get("color_scheme");
        this.chart = new Chart(this.canvas.el, {
            type: "bar",
            data: {
                labels: weeks.map((week) => formatDate(deserializeDate(week.key))),
                datasets: SERIES.map(({ name, label, color, stack }) => ({
                    label: label.toString(),
                    data: weeks.map((week) => week[name]),
                    backgroundColor: getColor(color, scheme),
                    stack,
                    maxBarThickness: 28,
                })),
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                plugins: { legend: { position: "bottom", labels: { boxWidth: 12 } } },
                scales: {
                    x: { stacked: true, grid: { display: false } },
                    y: { stacked: true, beginAtZero: true, ticks: { precision: 0 } },
                },
            },
        });
    }
}
