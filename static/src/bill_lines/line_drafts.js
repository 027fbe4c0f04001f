/** Lines of a proposal while a person changes them, and back. */

/** A copy of the card's lines that may be changed. */
export function toDrafts(lines) {
    return lines.map((line, index) => ({
        ...line,
        key: `l${index}`,
        tax_ids: [...line.tax_ids],
        analytic: line.analytic.map((part) => ({ ...part, ids: [...part.ids] })),
    }));
}

/** Two lines with half of the amount each; together exactly the line. */
export function half(line, digits) {
    const amount = Number(line.amount);
    const first = (amount / 2).toFixed(digits);
    const second = (amount - Number(first)).toFixed(digits);
    const part = (value, suffix) => ({
        ...line,
        key: `${line.key}${suffix}`,
        tax_ids: [...line.tax_ids],
        analytic: line.analytic.map((found) => ({ ...found, ids: [...found.ids] })),
        amount: value,
        isAmountSet: true,
    });
    return [part(first, "a"), part(second, "b")];
}

/** Quantity and price belong to an amount: with another one it is one piece of it. */
function figures({ source, amount, isAmountSet }) {
    const { quantity, price_unit: price, discount } = source;
    if (isAmountSet || !source.amount) {
        return { quantity: "1", price_unit: amount, discount: undefined, amount };
    }
    return { quantity, price_unit: price, discount, amount };
}

function distribution(analytic) {
    const parts = analytic.filter(({ ids, percent }) => ids.length && percent);
    return parts.length ? Object.fromEntries(parts.map(({ ids, percent }) => [ids.join(","), percent])) : undefined;
}

/** Rows of a proposal; what nobody changed is kept as it was. */
export function toRows(drafts) {
    return drafts.map((draft) => {
        const row = {
            ...draft.source,
            ...figures(draft),
            label: draft.label,
            account_id: draft.account_id,
            tax_ids: draft.tax_ids,
            analytic_distribution: distribution(draft.analytic),
        };
        return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null));
    });
}
