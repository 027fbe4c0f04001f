import { Component, useRef } from "@odoo/owl";
import { money, shortDate } from "../core/format";

/** Open items to tick. Up and down move between them, space ticks. */
export class OpenItemList extends Component {
    static template = "ai_bookkeeper.OpenItemList";
    static props = {
        items: Array,
        pickedIds: Array,
        searching: Boolean,
        amount: Number,
        onToggle: Function,
    };

    setup() {
        this.shortDate = shortDate;
        this.rootRef = useRef("root");
    }

    /** What the line pays comes first; what goes the other way (a credit note) can be netted. */
    get items() {
        const runsAgainst = (item) => item.residual_line * this.props.amount < 0;
        return [...this.props.items].sort((a, b) => runsAgainst(a) - runsAgainst(b));
    }

    isPicked(item) {
        return this.props.pickedIds.includes(item.id);
    }

    /** In the line's direction: what the line would settle is positive. */
    open(item) {
        const sign = this.props.amount < 0 ? -1 : 1;
        return money(item.residual * sign || 0, item.currency_id);
    }

    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (!step) {
            return;
        }
        ev.preventDefault();
        const boxes = [...this.rootRef.el.querySelectorAll("input[type=checkbox]")];
        boxes[boxes.indexOf(document.activeElement) + step]?.focus();
    }
}
