import { Component, onWillStart, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BillCard } from "../bill_card/bill_card";
import { BillPages } from "../bill_pages/bill_pages";
import { BillStore } from "../bill_store/bill_store";
import { useDecisions } from "../core/decisions_hook";
import { ShortcutHelp } from "../shortcut_help/shortcut_help";

const KEYS = [
    [["J", "↓"], _t("Next document")],
    [["K", "↑"], _t("Previous document")],
    [["F"], _t("To the first field that is not sure")],
    [["Enter"], _t("Save the field, to the next one")],
    [["Shift", "Enter"], _t("Save the field, to the one before")],
    [["Esc"], _t("Out of the field")],
    [["A"], _t("Accept")],
    [["Ctrl", "Enter"], _t("Accept, also out of a field")],
    [["1", "…", "9"], _t("Choose an answer, or another reading")],
    [["R"], _t("Reject")],
    [["Shift", "R"], _t("Reject with a reason")],
    [["L"], _t("Edit the lines")],
    [["U"], _t("Undo")],
    [["D"], _t("Dismiss the first finding")],
    [["O"], _t("Open the draft")],
    [["+", "−"], _t("Picture larger, smaller")],
    [["?"], _t("This list")],
];

/** One document after the other: its picture beside what was read and what would be booked. */
export class BillScreen extends Component {
    static template = "ai_bookkeeper.BillScreen";
    static components = { BillCard, BillPages, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.rootRef = useRef("root");
        const companyIds = user.allowedCompanies.map((company) => company.id);
        this.store = new BillStore({ orm: useService("orm"), companyIds });
        this.state = useState(this.store.state);
        this.ui = useState({ deciding: false, problem: "" });
        this.rejectMenu = useDropdownState();
        this.decisions = useDecisions((_id, verb) => this.follow(verb));
        const { params = {}, context = {} } = this.props.action;
        const kept = this.props.state || {};
        const documentId = kept.documentId || params.document_id || context.document_id || this.props.resId;
        this.ids = kept.ids || params.ids || context.document_ids || [];
        if (!this.ids.includes(documentId)) {
            this.ids = [documentId, ...this.ids];
        }
        useSetupAction({ getLocalState: () => ({ documentId: this.state.documentId, ids: this.ids }) });
        onWillStart(() => this.open(documentId));
        onWillUnmount(() => this.store.stop());
        this.registerKeys();
    }

    open(documentId) {
        this.ui.problem = "";
        // A reloaded page opens the same document.
        this.props.updateActionState?.({ resId: documentId });
        return this.store.load(documentId);
    }

    get place() {
        return this.ids.indexOf(this.state.documentId);
    }

    get placeText() {
        return _t("%(place)s of %(count)s", { place: this.place + 1, count: this.ids.length });
    }

    get isShown() {
        return Boolean(this.state.screen);
    }

    get card() {
        return this.state.screen?.card;
    }

    // --- keys ------------------------------------------------------------------------------------------------

    registerKeys() {
        const options = { isAvailable: () => this.isShown };
        const key = (hotkey, act, more = {}) => useHotkey(hotkey, act, { ...options, ...more });
        for (const [hotkey, step] of Object.entries({ j: 1, k: -1, arrowdown: 1, arrowup: -1 })) {
            key(hotkey, () => this.move(step));
        }
        key("a", () => this.accept());
        key("control+enter", () => this.acceptFromField(), { bypassEditableProtection: true });
        key("r", () => this.decide("reject", [false]));
        key("shift+r", () => this.canDecide && this.rejectMenu.open());
        key("u", () => this.undo());
        key("l", () => this.click(".o_ai_lines_edit"));
        key("d", () => this.click(".o_ai_dismiss"));
        key("f", () => this.focusField());
        key("o", () => this.click(".o_ai_open_draft"));
        for (let number = 1; number <= 9; number++) {
            key(String(number), () => this.choose(this.card?.alternatives?.[number - 1]));
        }
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    onKeydown(ev) {
        if (ev.target.closest?.("input, textarea, select, [contenteditable=true], .modal")) {
            return;
        }
        const buttons = { "+": "[title=Larger]", "-": "[title=Smaller]" };
        if (ev.key === "?") {
            ev.preventDefault();
            this.help();
        } else if (ev.key in buttons) {
            this.click(`.o_ai_pages_bar .fa-search-${ev.key === "+" ? "plus" : "minus"}`);
        }
    }

    click(selector) {
        this.rootRef.el?.querySelector(selector)?.click();
    }

    help() {
        this.dialog.add(ShortcutHelp, { shortcuts: KEYS });
    }

    /** The first field that a person should look at, else the first one. */
    focusField() {
        const fields = ".o_ai_bill_field";
        const root = this.rootRef.el;
        const wanted = [`${fields}[data-doubt] input`, `${fields}:not([data-sure]) input`, `${fields} input`];
        const field = wanted.map((selector) => root.querySelector(selector)).find(Boolean);
        field?.focus();
    }

    // --- moving ----------------------------------------------------------------------------------------------

    async move(step) {
        const documentId = this.ids[this.place + step];
        if (documentId && !this.state.loading) {
            await this.open(documentId);
        }
    }

    // --- deciding --------------------------------------------------------------------------------------------

    get canDecide() {
        return this.store.isWaiting && this.state.screen.can_decide && !this.ui.deciding && !this.state.busy;
    }

    get subject() {
        const { id, text } = this.card;
        return { resModel: "ai.suggestion", resId: id, suggestionId: id, title: text };
    }

    /** What was edited is proposed first. A refusal is shown on the card. */
    async decide(verb, args = []) {
        if (!this.canDecide) {
            return;
        }
        Object.assign(this.ui, { deciding: true, problem: "" });
        try {
            if (verb === "accept" && this.state.lines && !(await this.store.saveLines())) {
                return;
            }
            await this.decisions.decide(this.subject, verb, args);
        } catch (error) {
            this.ui.problem = error?.data?.message || error?.message || "";
            await this.store.reload();
        } finally {
            this.ui.deciding = false;
        }
    }

    accept() {
        if (this.canDecide && !this.card.is_question) {
            return this.decide("accept");
        }
    }

    /** What is being typed is saved before it is accepted. */
    async acceptFromField() {
        document.activeElement?.blur?.();
        for (let waited = 0; this.state.busy && waited < 50; waited++) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        if (!this.state.problem) {
            await this.accept();
        }
    }

    choose(choice) {
        return choice && this.decide("choose", [choice.key]);
    }

    async undo() {
        if (this.card?.state === "applied" && this.state.screen.can_decide && !this.ui.deciding) {
            this.ui.deciding = true;
            try {
                await this.decisions.undo(this.subject);
            } catch (error) {
                this.ui.problem = error?.data?.message || error?.message || "";
            } finally {
                this.ui.deciding = false;
            }
        }
    }

    /** After a decision the next document; after an undo, or what was refused, the same one again. */
    async follow(verb) {
        const next = this.ids[this.place + 1];
        const goesOn = ["accept", "reject", "choose"].includes(verb) && next;
        return goesOn ? this.open(next) : this.store.reload();
    }

    back() {
        return this.action.doAction("ai_bookkeeper.ai_document_action", { clearBreadcrumbs: true });
    }
}

registry.category("actions").add("ai_bookkeeper.bill", BillScreen);
