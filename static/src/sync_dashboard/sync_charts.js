import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const ENDS = [
    { name: "done", label: _t("Done"), color: "#2a9d8f" },
    { name: "failed", label: _t("Needs attention or given up"), color: "#d1495b" },
];
const LATENCIES = [
    { name: "p50", label: _t("Half within"), color: "#2a9d8f" },
    { name: "p95", label: _t("95 % within"), color: "#e9a23b" },
    { name: "p99", label: _t("99 % within"), color: "#d1495b" },
];

function labels(columns, hours) {
    return columns.map(({ at }) => {
        const moment = deserializeDateTime(at);
        if (hours <= 24) {
            return moment.toFormat("HH:mm");
        }
        return hours > 168 ? formatDate(moment) : moment.toFormat("ccc HH:mm");
    });
}

/** How many jobs ended, by time. */
export function throughputChart(columns, hours) {
    return {
        type: "bar",
        data: {
            labels: labels(columns, hours),
            datasets: ENDS.map(({ name, label, color }) => ({
                label: label.toString(),
                data: columns.map((column) => column[name]),
                backgroundColor: color,
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

/** Seconds from the event to the end of its job, by time; nothing where nothing was done. */
export function latencyChart(columns, hours) {
    return {
        type: "line",
        data: {
            labels: labels(columns, hours),
            datasets: LATENCIES.map(({ name, label, color }) => ({
                label: label.toString(),
                data: columns.map((column) => column[name]),
                borderColor: color,
                backgroundColor: color,
                borderWidth: 2,
                pointRadius: 2,
                spanGaps: true,
            })),
        },
        options: {
            scales: {
                x: { grid: { display: false } },
                y: { type: "logarithmic", title: { display: true, text: _t("seconds").toString() } },
            },
        },
    };
}
