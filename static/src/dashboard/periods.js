import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

export const PERIODS = [
    { key: "week", label: _t("This week") },
    { key: "30", label: _t("Last 30 days") },
    { key: "90", label: _t("Last 90 days") },
    { key: "year", label: _t("This year") },
];

/** First and last day of a period, as the server wants them. */
export function periodDates(key, today = DateTime.local()) {
    const starts = {
        week: () => today.startOf("week"),
        30: () => today.minus({ days: 29 }),
        90: () => today.minus({ days: 89 }),
        year: () => today.startOf("year"),
    };
    return { since: serializeDate(starts[key]()), until: serializeDate(today) };
}
