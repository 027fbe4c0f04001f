import { Component, useState } from "@odoo/owl";
import { parseMonetary } from "@web/views/fields/parsers";
import { figure, roundTo } from "../core/format";

/** An amount typed in the user's own notation; simple sums such as =100-3 work as in Odoo's own fields. */
export class AmountInput extends Component {
    static template = "ai_bookkeeper.AmountInput";
    static props = { value: Number, currencyId: Number, onChange: Function };

    setup() {
        this.state = useState({ invalid: false });
    }

    get text() {
        return figure(this.props.value, this.props.currencyId);
    }

    onChange(ev) {
        try {
            const amount = parseMonetary(ev.target.value, { allowOperation: true });
            this.state.invalid = false;
            this.props.onChange(roundTo(amount, this.props.currencyId));
        } catch {
            this.state.invalid = true;
        }
    }
}
