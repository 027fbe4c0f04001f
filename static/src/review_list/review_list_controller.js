import { reactive, useEffect, useExternalListener, useSubEnv, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { ListController } from "@web/views/list/list_controller";
import { TARGETS } from "../core/targets";
import { ReviewPane } from "../review_pane/review_pane";
import { ShortcutHelp } from "../shortcut_help/shortcut_help";

const MOVES_ON = ["accept", "reject", "choose", "by_hand"];

/** The list of lines with the card of the selected one beside it. */
export class ReviewListController extends ListController {
    static template = "ai_bookkeeper.ReviewList";
    static components = { ...ListController.components, ReviewPane };

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        this.target = TARGETS[this.props.resModel];
        const selection = reactive({
            resId: this.props.state?.reviewResId || false,
            move: (step) => this.move(step),
        });
        useSubEnv({ reviewSelection: selection });
        this.selection = useState(selection);
        useSetupAction({ getLocalState: () => ({ reviewResId: this.selection.resId }) });
        useEffect(
            () => this.keepSelection(),
            () => [this.model.isReady && this.visibleRecords.map((record) => record.resId).join()]
        );
        const isOutsideList = (target) => !target.closest?.(".o_searchview, .o-dropdown--menu");
        for (const [key, step] of Object.entries({ j: 1, k: -1, arrowdown: 1, arrowup: -1 })) {
            useHotkey(key, () => this.move(step), { allowRepeat: true, isAvailable: isOutsideList });
        }
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    get visibleRecords() {
        const flatten = (list) =>
            list.isGrouped
                ? list.groups.flatMap((group) => (group.isFolded ? [] : flatten(group.list)))
                : list.records;
        return flatten(this.model.root);
    }

    get hasPane() {
        return this.model.isReady && !this.env.isSmall && this.model.root.count > 0;
    }

    get className() {
        return `${super.className || ""} o_ai_review_list`;
    }

    select(record) {
        this.selection.resId = record?.resId || false;
    }

    findRecord(resId) {
        return this.visibleRecords.find((record) => record.resId === resId);
    }

    /** After a search, a page or a folded group: the selected line if it is still there, else the first one. */
    keepSelection() {
        if (this.model.isReady && !this.findRecord(this.selection.resId)) {
            this.select(this.visibleRecords[0]);
        }
    }

    move(step) {
        const records = this.visibleRecords;
        const index = records.findIndex((record) => record.resId === this.selection.resId);
        const next = records[index + step];
        if (next) {
            this.select(next);
        }
    }

    /** The next line that still waits, below if there is one, else from the top. */
    moveToOpen() {
        const records = this.visibleRecords;
        const index = records.findIndex((record) => record.resId === this.selection.resId);
        const ahead = [...records.slice(index + 1), ...records.slice(0, Math.max(index, 0))];
        const next = ahead.find((record) => this.target.isOpen(record.data));
        if (next) {
            this.select(next);
        }
    }

    /** The line changes in place: no reload, so place and scroll stay. Returns the line selected then. */
    async onDecided(resId, verb) {
        const record = this.findRecord(resId);
        const wasSelected = resId === this.selection.resId;
        await record?.load();
        if (wasSelected && MOVES_ON.includes(verb)) {
            this.moveToOpen();
        } else if (record && verb === "undo") {
            this.select(record);
        }
        return this.selection.resId;
    }

    async openRecord(record, options = {}) {
        if (this.env.isSmall || options.newWindow || options.force) {
            return super.openRecord(record, options);
        }
        this.select(record);
    }

    openForm() {
        const record = this.findRecord(this.selection.resId);
        return record && super.openRecord(record);
    }

    onKeydown(ev) {
        const isTyping = ev.target.closest?.("input, textarea, select, [contenteditable=true], .modal");
        if (ev.key === "?" && !isTyping) {
            ev.preventDefault();
            this.showHelp();
        }
    }

    showHelp() {
        this.dialog.add(ShortcutHelp, {});
    }
}
