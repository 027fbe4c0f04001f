import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const SERIES = [
    { name: "person", label: _t("Accepted by people"), color: "#3b7ddd", stack: "decided" },
    { name: "policy", label: _t("Accepted by policy"), color: "#2a9d8f", stack: "decided" },
    { name: "rejected", label: _t("Rejected"), color: "#adb5bd", stack: "decided" },
    { name: "edited", label: _t("Edited"), color: "#e9c46a", stack: "corrected" },
    { name: "undone", label: _t("Undone"), color: "#f08a4b", stack: "corrected" },
    { name: "changed_outside", label: _t("Changed outside"), color: "#d1495b", stack: "corrected" },
];

/** Two columns a week: what was decided, and what of it was corrected. */
export function weekChart(weeks) {
    return {
        type: "bar",
        data: {
            labels: weeks.map((week) => formatDate(deserializeDate(week.key))),
            datasets: SERIES.map(({ name, label, color, stack }) => ({
                label: label.toString(),
                data: weeks.map((week) => week[name]),
                backgroundColor: color,
                stack,
                maxBarThickness: 28,
            })),
        },
        options: {
            scales: {
                x: { stacked: true, grid: { display: false } },
                y: { stacked: true, beginAtZero: true, ticks: { precision: 0 } },
            },
        },
    };
}
