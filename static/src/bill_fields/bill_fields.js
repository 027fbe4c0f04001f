import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { formatDate, parseDate, serializeDate, deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";
import { parseMonetary } from "@web/views/fields/parsers";

const HAS_DIGIT = /\d/;

/** How a value in normal form looks in the reader's own notation; what is no date or amount as it is. */
export function shownValue({ type, value }) {
    if (value && type === "date") {
        const date = deserializeDate(value);
        return date.isValid ? formatDate(date) : value;
    }
    if (value && type === "amount" && !isNaN(value)) {
        const places = Math.max((value.split(".")[1] || "").length, 2);
        return formatFloat(Number(value), { digits: [16, places] });
    }
    return value;
}

/** What a person typed in normal form where it is in their own notation; else as typed, for the server to read. */
export function typedValue({ type }, text) {
    if (!HAS_DIGIT.test(text)) {
        return text;
    }
    try {
        if (type === "date") {
            return serializeDate(parseDate(text)) || text;
        }
        if (type === "amount") {
            const amount = parseMonetary(text, { allowOperation: true });
            const places = Math.max((String(amount).split(".")[1] || "").length, 2);
            return amount.toFixed(Math.min(places, 6));
        }
    } catch {
        // The document's notation may be another than the reader's.
    }
    return text;
}

/** One thing that was read: its value, how sure it is, and what it was printed as. */
export class BillField extends Component {
    static template = "ai_bookkeeper.BillField";
    static props = { store: Object, field: Object, readonly: Boolean };

    setup() {
        this.state = useState(this.props.store.state);
        this.edited = useState({ text: null });
        onWillUpdateProps((next) => {
            if (next.field.value !== this.props.field.value) {
                this.edited.text = null;
            }
        });
    }

    get field() {
        return this.props.field;
    }

    get text() {
        return this.edited.text ?? shownValue(this.field);
    }

    get isFocused() {
        return this.state.focused === this.field.name;
    }

    /** One mark beside the value: who says it, and whether to look twice. */
    get mark() {
        const { value, source, sure, doubt, source_label: label } = this.field;
        if (!value) {
            return { icon: "fa-question-circle-o", className: "text-muted", title: _t("Not read: click it in the picture, or type it") };
        }
        if (source === "person") {
            return { icon: "fa-user", className: "text-primary", title: label };
        }
        if (sure) {
            return { icon: "fa-check", className: "text-success", title: _t("Sure, %s", label) };
        }
        return doubt
            ? { icon: "fa-exclamation-circle", className: "text-warning-emphasis", title: _t("Look twice: %s", label) }
            : { icon: "fa-circle-o", className: "text-muted", title: _t("Probably right, %s", label) };
    }

    onFocus(ev) {
        this.props.store.focus(this.field.name);
        ev.target.select();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            const inputs = [...ev.target.closest(".o_ai_bill_fields").querySelectorAll("input:not([readonly])")];
            const next = inputs[inputs.indexOf(ev.target) + (ev.shiftKey ? -1 : 1)];
            next ? next.focus() : ev.target.blur();
        } else if (ev.key === "Escape") {
            ev.preventDefault();
            ev.stopPropagation();
            this.edited.text = null;
            ev.target.value = shownValue(this.field);
            ev.target.blur();
            this.props.store.focus("");
        }
    }

    async onChange(ev) {
        const text = ev.target.value.trim();
        this.edited.text = ev.target.value;
        if (text === shownValue(this.field)) {
            this.edited.text = null;
            return;
        }
        const isDone = await this.props.store.correct(this.field.name, typedValue(this.field, text));
        if (isDone) {
            this.edited.text = null;
        }
    }
}

/** The fields of a document in their fixed order; what is seldom printed stands behind "More". */
export class BillFields extends Component {
    static template = "ai_bookkeeper.BillFields";
    static components = { BillField };
    static props = { store: Object };

    setup() {
        this.state = useState(this.props.store.state);
    }

    get fields() {
        return this.state.screen.fields;
    }

    /** Why a language model did not help, where one was asked. */
    get note() {
        return this.state.screen.document.outside_note;
    }

    get main() {
        return this.fields.filter((field) => field.is_always);
    }

    get more() {
        return this.fields.filter((field) => !field.is_always);
    }
}
