import { Component, onMounted, onWillStart, onWillUnmount, onWillUpdateProps, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { BillCard } from "../bill_card/bill_card";
import { BillPages } from "../bill_pages/bill_pages";
import { BillStore } from "../bill_store/bill_store";
import { ByHandDialog } from "../by_hand/by_hand_dialog";
import { DeskBatch } from "../desk_batch/desk_batch";
import { DeskBeside } from "../desk_beside/desk_beside";
import { DeskQueue } from "../desk_queue/desk_queue";
import { offerRule } from "../rule_offer/rule_offer";
import { ShortcutHelp } from "../shortcut_help/shortcut_help";
import { isWaiting, SuggestionCard } from "../suggestion_card/suggestion_card";
import { BATCH_LIMIT } from "./desk_store";

const KEYS = [
    [["J", "↓"], _t("Next line")],
    [["K", "↑"], _t("Previous line")],
    [["N"], _t("Next group")],
    [["A"], _t("Accept")],
    [["1", "…", "9"], _t("Choose an answer, or another reading")],
    [["R"], _t("Reject")],
    [["Shift", "R"], _t("Reject with a reason")],
    [["E"], _t("Edit, or match by hand")],
    [["U"], _t("Undo the last decision")],
    [["X"], _t("Select the line")],
    [["G"], _t("Review the group or the selection together, then accept it")],
    [["Shift", "U"], _t("Undo the last group")],
    [["S"], _t("Sign off today's batch")],
    [["B"], _t("Send back: it asks again")],
    [["Q"], _t("Ask somebody")],
    [["P"], _t("Park")],
    [["O"], _t("Open the document or the bank line")],
    [["D"], _t("Next document beside the card")],
    [["F"], _t("To the fields of a bill")],
    [["/"], _t("Search")],
    [["Esc"], _t("From the search back to the queue")],
    [["?"], _t("This list")],
];
const DIALOGS = {
    review: "ai_bookkeeper.ai_suggestion_review_action",
    ask: "ai_bookkeeper.ai_question_ask_action",
    park: "ai_bookkeeper.ai_park_action",
};
const LOOKED_AT = 400;
const ORDERS = [
    ["date", _t("Oldest first")],
    ["newest", _t("Newest first")],
    ["confidence", _t("Surest first")],
    ["amount", _t("Largest first")],
];

/** One screen for a day's decisions: the queue, the card of the selected line, and what it is about beside it. */
export class Desk extends Component {
    static template = "ai_bookkeeper.Desk";
    static components = { BillCard, BillPages, DeskBeside, DeskQueue, Layout, SearchBar, SuggestionCard };
    static props = { store: Object, domain: Array };

    setup() {
        this.store = this.props.store;
        this.state = useState(this.store.state);
        this.ui = useState({ beside: 0 });
        this.bill = new BillStore({ orm: useService("orm"), companyIds: this.store.companyIds });
        this.billState = useState(this.bill.state);
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.bus = useService("bus_service");
        this.rootRef = useRef("root");
        this.rejectMenu = useDropdownState();
        this.searchBarToggler = useSearchBarToggler();
        this.orders = ORDERS;
        this.store.onAction = (action) =>
            new Promise((resolve) => this.action.doAction(action, { onClose: resolve }));
        this.store.onTrouble = (title, message, isBack) => this.tellTrouble(title, message, isBack);
        useSetupAction({
            beforeLeave: () => this.store.chain.then(() => true),
            getLocalState: () => ({ desk: this.place }),
        });
        useExternalListener(window, "beforeunload", (ev) => this.state.flying && ev.preventDefault());
        const follow = ({ domain }) => {
            if (JSON.stringify(domain) !== JSON.stringify(this.state.domain)) {
                this.store.load({ domain });
            }
        };
        onWillStart(() => {
            follow(this.props);
        });
        onWillUpdateProps((nextProps) => {
            follow(nextProps);
        });
        const live = (message) => this.store.onLive(message);
        onMounted(() => {
            this.bus.subscribe("ai_bookkeeper.desk", live);
            this.focusQueue();
        });
        onWillUnmount(() => this.bus.unsubscribe("ai_bookkeeper.desk", live));
        const note = (id) => id === this.state.selectedId && this.store.noteOpened(id, LOOKED_AT);
        const noteSoon = useDebounced(note, LOOKED_AT);
        const tellSoon = useDebounced(() => this.store.enqueue(() => this.store.flushOpened()), 4000);
        useEffect(
            (id) => {
                this.ui.beside = 0;
                noteSoon(id);
                tellSoon();
            },
            () => [this.state.selectedId]
        );
        // A bill is read with its picture when somebody stops at it.
        useEffect(
            (documentId) => {
                documentId ? this.bill.load(documentId) : this.bill.stop();
            },
            () => [this.payload?.document_id, this.payload]
        );
        onWillUnmount(() => this.bill.stop());
        this.registerKeys();
    }

    /** What is kept when somebody opens a document and comes back. */
    get place() {
        const { section, groupBy, order, selectedId } = this.state;
        return { section, groupBy, order, selectedId };
    }

    // --- what is shown ---------------------------------------------------------------------------------------

    get payload() {
        // Through this component's own state: the store's would not draw the card when it arrives.
        return this.state.cards[this.state.selectedId] || null;
    }

    get card() {
        const { selectedId, problems } = this.state;
        const card = this.payload?.card || {};
        const problem = problems[selectedId];
        return problem ? { ...card, error: problem } : card;
    }

    /** The bill that belongs to the selected line, once it is there. */
    get isBillShown() {
        return this.billState.screen && this.billState.documentId === this.payload.document_id;
    }

    get notice() {
        return this.state.notices[this.state.selectedId] || "";
    }

    get sections() {
        const { sections, section } = this.state;
        return sections.filter(({ name, count }) => count || ["pending", "questions", section].includes(name));
    }

    get group() {
        return this.state.entries.length ? this.store.groupOf(this.state.selectedId) : undefined;
    }

    get checkedIds() {
        return Object.keys(this.state.checked).length ? this.store.checkedIds : [];
    }

    get batchIds() {
        const checked = this.checkedIds;
        return checked.length ? checked : this.group?.ids || [];
    }

    get canBatch() {
        return this.store.canDecide && this.state.section !== "questions" && this.batchIds.length > 0;
    }

    get batchSize() {
        const count = this.batchIds.length;
        const shown = count.toLocaleString();
        return count > BATCH_LIMIT ? _t("%(part)s of %(count)s", { part: BATCH_LIMIT, count: shown }) : shown;
    }

    get isBatchSection() {
        return this.state.section === "batch";
    }

    get isOpen() {
        return this.payload && !this.notice && isWaiting(this.payload.card);
    }

    get emptyText() {
        if (this.state.domain.length) {
            return _t("Nothing here fits the search.");
        }
        return {
            questions: _t("No question waits."),
            second: _t("Nothing waits for a second approval."),
            batch: _t("Nothing to sign off today."),
            failed: _t("Nothing failed."),
        }[this.state.section] || _t("Nothing waits. Everything proposed so far is decided.");
    }

    // --- keys ------------------------------------------------------------------------------------------------

    registerKeys() {
        const inside = (target) => !target.closest?.(".o_searchview, .o-dropdown--menu, .o_ai_desk_toolbar select");
        const key = (hotkey, act, options = {}) =>
            useHotkey(hotkey, act, { isAvailable: inside, ...options });
        for (const [hotkey, step] of Object.entries({ j: 1, k: -1, arrowdown: 1, arrowup: -1 })) {
            key(hotkey, () => this.store.move(step), { allowRepeat: true });
        }
        key("n", () => this.store.moveGroup(1));
        key("shift+n", () => this.store.moveGroup(-1));
        key("a", () => this.accept());
        key("r", () => this.decide("reject", [false]));
        key("shift+r", () => this.isOpen && this.store.canDecide && this.rejectMenu.open());
        key("e", () => this.edit());
        key("u", () => this.undo());
        key("shift+u", () => this.undoGroup());
        key("x", () => this.store.check(this.state.selectedId));
        key("g", () => this.reviewBatch());
        key("s", () => this.signOff());
        key("b", () => this.sendBack());
        key("q", () => this.openDialog("ask"));
        key("p", () => this.openDialog("park"));
        key("o", () => this.openRecord());
        key("d", () => this.ui.beside++);
        key("f", () => this.rootRef.el.querySelector(".o_ai_bill_field:not([data-sure]) input, .o_ai_bill_field input")?.focus());
        for (let number = 1; number <= 9; number++) {
            key(String(number), () => this.choose(this.payload?.card.alternatives?.[number - 1]));
        }
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && ev.target.closest?.(".o_searchview_input_container")) {
            this.focusQueue();
        }
        if (ev.target.closest?.("input, textarea, select, [contenteditable=true], .modal")) {
            return;
        }
        if (ev.key === "?") {
            ev.preventDefault();
            this.dialog.add(ShortcutHelp, { shortcuts: KEYS });
        } else if (ev.key === "/") {
            ev.preventDefault();
            this.rootRef.el.closest(".o_action")?.querySelector(".o_searchview_input")?.focus();
        }
    }

    focusQueue() {
        this.rootRef.el?.querySelector(".o_ai_queue_list")?.focus();
    }

    // --- deciding --------------------------------------------------------------------------------------------

    /** Nothing is decided on a card that is not there yet, or that a colleague took meanwhile. */
    decide(verb, args = []) {
        if (this.state.selectedId && !this.payload) {
            this.store.say(_t("The line is being read: decide once it is shown."), true);
        } else if (this.isOpen && this.store.canDecide) {
            const id = this.state.selectedId;
            if (verb === "accept" && this.payload.document_id && this.billState.lines) {
                this.store.say(_t("Use or discard the lines that you edited first."), true);
                return;
            }
            return this.store.decide(id, verb, args).then((isDone) => isDone && this.offerRule(verb, id));
        }
    }

    /** What was corrected may be right the next time too. */
    offerRule(verb, id) {
        return offerRule(this.env.services, verb, [id]);
    }

    accept() {
        if (this.isOpen && this.card.is_question) {
            this.store.say(_t("This is a question: choose one of its answers with its number."), true);
            return;
        }
        return this.decide(this.isBatchSection ? "sign_off" : "accept");
    }

    choose(choice) {
        return choice && this.decide("choose", [choice.key]);
    }

    sendBack() {
        const state = this.payload?.card.state;
        return state === "accepted" && this.decide("send_back");
    }

    undo() {
        return this.store.undoLast();
    }

    /** From the card of something booked, in a section that shows such. */
    undoCard() {
        const id = this.state.selectedId;
        const [place] = this.store.take([id]);
        return this.store.undo({ ids: [id], verb: "accept", places: { [id]: place }, title: this.payload.row.label });
    }

    undoGroup() {
        const entry = [...this.store.history].reverse().find(({ ids }) => ids.length > 1);
        if (!entry) {
            this.store.say(_t("No group was accepted here that could be undone."), true);
            return;
        }
        this.dialog.add(DeskBatch, { store: this.store, ids: entry.ids, verb: "accept", title: entry.title, entry });
    }

    reviewBatch(verb = this.isBatchSection ? "sign_off" : "accept") {
        if (!this.canBatch) {
            return;
        }
        const ids = this.batchIds;
        this.dialog.add(
            DeskBatch,
            {
                store: this.store,
                ids: ids.slice(0, BATCH_LIMIT),
                more: Math.max(ids.length - BATCH_LIMIT, 0),
                verb,
                title: this.checkedIds.length ? _t("Selection") : this.group?.label || _t("All that wait"),
            },
            { onClose: () => this.focusQueue() }
        );
    }

    signOff() {
        if (this.isBatchSection) {
            this.reviewBatch("sign_off");
        } else if (this.state.sections.find(({ name, count }) => name === "batch" && count)) {
            this.show("batch");
        }
    }

    edit() {
        if (!this.isOpen || !this.store.canDecide) {
            return;
        }
        const { line } = this.payload;
        if (this.payload.document_id) {
            return this.rootRef.el.querySelector(".o_ai_lines_edit")?.click();
        }
        if (this.store.has("review")) {
            return this.openDialog("review");
        }
        if (line) {
            const id = this.state.selectedId;
            this.dialog.add(ByHandDialog, { lineId: line.id, onBooked: (bookedId) => this.onBookedByHand(id, bookedId) });
        }
    }

    onBookedByHand(id, bookedId) {
        this.store.refresh([id]);
        return this.offerRule("by_hand", bookedId);
    }

    /** A dialog of another part of the addon about the selected line; what it did shows when it closes. */
    openDialog(name) {
        const id = this.state.selectedId;
        if (!this.isOpen || !this.store.canDecide || !this.store.has(name)) {
            return;
        }
        return this.action.doAction(DIALOGS[name], {
            additionalContext: {
                ...this.store.context(this.payload.row.company_id),
                active_model: "ai.suggestion",
                active_id: id,
                active_ids: [id],
            },
            onClose: () => {
                this.store.refresh([id]);
                return this.offerRule(name, id);
            },
        });
    }

    openRecord() {
        const { payload } = this;
        if (payload?.document_id) {
            return this.action.doAction("ai_bookkeeper.ai_document_screen_action", {
                additionalContext: { document_id: payload.document_id },
            });
        }
        if (payload) {
            const [document] = payload.documents.filter((found) => found.type);
            const record = document
                ? { res_model: "account.move", res_id: document.id }
                : { res_model: payload.row.res_model, res_id: payload.row.res_id };
            return this.action.doAction({ type: "ir.actions.act_window", views: [[false, "form"]], ...record });
        }
    }

    tellTrouble(title, message, isBack) {
        this.notification.add(message, {
            title: isBack ? _t("Not booked, it is back in the queue: %s", title) : title,
            type: "danger",
            autocloseDelay: 10000,
        });
    }

    // --- the queue -------------------------------------------------------------------------------------------

    show(section) {
        this.store.load({ section, selectedId: false });
        this.focusQueue();
    }

    groupBy(ev) {
        this.store.load({ groupBy: ev.target.value });
        this.focusQueue();
    }

    orderBy(ev) {
        this.store.load({ order: ev.target.value, selectedId: false });
        this.focusQueue();
    }

    help() {
        this.dialog.add(ShortcutHelp, { shortcuts: KEYS });
    }
}
