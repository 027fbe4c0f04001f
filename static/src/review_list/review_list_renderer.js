import { useEffect, useState } from "@odoo/owl";
import { ListRenderer } from "@web/views/list/list_renderer";

/** A list that shows which of its lines the pane beside it is about. */
export class ReviewListRenderer extends ListRenderer {
    setup() {
        super.setup();
        this.selected = useState(this.env.reviewSelection);
        useEffect(
            () => {
                // The selection moved on: a ring around the cell clicked before would tell otherwise.
                this.rootRef.el.querySelector(".o_data_row:not(.o_ai_selected) td:focus")?.blur();
                this.rootRef.el.querySelector(".o_ai_selected")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.selected.resId]
        );
    }

    getRowClass(record) {
        const classNames = super.getRowClass(record);
        return record.resId === this.selected.resId ? `${classNames} o_ai_selected` : classNames;
    }

    /** Up and down move the selection, as j and k do; everything else is the list's own. */
    onCellKeydownReadOnlyMode(hotkey, cell, group, record) {
        const step = { arrowup: -1, arrowdown: 1 }[hotkey];
        if (record && step && !this.env.isSmall) {
            this.env.reviewSelection.move(step);
            return true;
        }
        return super.onCellKeydownReadOnlyMode(hotkey, cell, group, record);
    }
}
