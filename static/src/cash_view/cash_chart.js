import { _t } from "@web/core/l10n/translation";
import { money, shortDate } from "../core/format";

const BALANCE = "#3b7ddd";
const RANGE = "rgba(59, 125, 221, 0.15)";

/** The balance at the end of each week with its range, over what comes in and goes out. */
export function cashChart({ weeks, opening, currency_id: currencyId, at }) {
    const line = (name) => [opening, ...weeks.map((week) => week[name])];
    const bar = (name) => [null, ...weeks.map((week) => week[name])];
    const edge = { type: "line", borderWidth: 0, pointRadius: 0, backgroundColor: RANGE, order: 2 };
    const hasRange = weeks.some((week) => week.low !== null);
    const range = hasRange
        ? [
              { ...edge, label: _t("High").toString(), data: line("high"), fill: "+1" },
              { ...edge, label: _t("Low").toString(), data: line("low"), fill: false },
          ]
        : [];
    return {
        type: "bar",
        data: {
            labels: [shortDate(at), ...weeks.map((week) => shortDate(week.end))],
            datasets: [
                {
                    type: "line",
                    label: _t("Balance").toString(),
                    data: line("balance"),
                    borderColor: BALANCE,
                    backgroundColor: BALANCE,
                    borderWidth: 2,
                    pointRadius: 3,
                    order: 1,
                },
                ...range,
                { label: _t("In").toString(), data: bar("ins"), backgroundColor: "#2a9d8f", stack: "flow", order: 3 },
                { label: _t("Out").toString(), data: bar("outs"), backgroundColor: "#e08e79", stack: "flow", order: 3 },
            ],
        },
        options: {
            interaction: { mode: "index", intersect: false },
            scales: {
                x: { stacked: true, grid: { display: false } },
                y: {
                    ticks: { callback: (value) => money(value, currencyId) },
                    // The line at which the account is empty.
                    grid: { color: (line) => (line.tick.value === 0 ? "#d1495b" : "rgba(0, 0, 0, 0.08)") },
                },
            },
            plugins: {
                legend: { position: "bottom", labels: { boxWidth: 12 } },
                tooltip: {
                    callbacks: { label: (item) => `${item.dataset.label}: ${money(item.parsed.y, currencyId)}` },
                },
            },
        },
    };
}
