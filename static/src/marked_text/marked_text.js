import { Component } from "@odoo/owl";

/** Cut a text at the marks: `[{text, marked}]`. Marks count characters as the server does, not UTF-16 units. */
export function segments(text, marks) {
    const characters = Array.from(text);
    const parts = [];
    let at = 0;
    for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
        const from = Math.max(start, at);
        const to = Math.min(end, characters.length);
        if (to <= from) {
            continue;
        }
        if (from > at) {
            parts.push({ text: characters.slice(at, from).join(""), marked: false });
        }
        parts.push({ text: characters.slice(from, to).join(""), marked: true });
        at = to;
    }
    if (at < characters.length) {
        parts.push({ text: characters.slice(at).join(""), marked: false });
    }
    return parts;
}

/** The bank's text with the parts that matched marked. */
export class MarkedText extends Component {
    static template = "ai_bookkeeper.MarkedText";
    static props = { text: String, marks: { type: Array, optional: true } };

    get parts() {
        return segments(this.props.text, this.props.marks || []);
    }
}
