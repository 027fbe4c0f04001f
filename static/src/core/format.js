import { getCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";

/** An amount with its currency; `signed` shows the plus of a receipt too. */
export function money(amount, currencyId, { signed = false } = {}) {
    if (typeof amount !== "number") {
        return "";
    }
    const text = formatMonetary(amount, { currencyId });
    return signed && amount > 0 ? `+${text}` : text;
}

/** The figure alone, in the currency's places: what an input shows. */
export function figure(amount, currencyId) {
    return formatFloat(amount, { digits: [16, places(currencyId)] });
}

export function places(currencyId) {
    return getCurrency(currencyId)?.digits?.[1] ?? 2;
}

/** Rounded to the currency's places, never minus zero. */
export function roundTo(amount, currencyId) {
    const factor = 10 ** places(currencyId);
    return Math.round((amount + Number.EPSILON * Math.sign(amount)) * factor) / factor || 0;
}

export function shortDate(iso) {
    return iso ? formatDate(deserializeDate(iso)) : "";
}
