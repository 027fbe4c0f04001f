import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { toRows } from "../bill_lines/line_drafts";

const DOCUMENT = "ai.document";
const SUGGESTION = "ai.suggestion";
/** How often a document that is being read is asked for, in milliseconds. */
export const POLL = 2500;
const COMING = ["queued", "reading"];
const OPEN = ["pending", "accepted", "failed"];

/** What went wrong, in the server's words where it has some. */
export function explain(error) {
    const message = error?.data?.message || error?.message || "";
    return message || _t("The server could not be reached. Check the connection and try again.");
}

/** Boxes around several words of one page become one. */
export function around(boxes) {
    const of = (index, pick) => pick(...boxes.map((box) => box[index]));
    return [boxes[0][0], of(1, Math.min), of(2, Math.min), of(3, Math.max), of(4, Math.max)];
}

/**
 * One document before a person: what was read, what is proposed, which field is looked at. Pictures and fields beside
 * each other share it.
 */
export class BillStore {
    /**
     * @param {Object} services
     * @param {Object} services.orm
     * @param {number[]} services.companyIds every company that the person may see
     */
    constructor({ orm, companyIds = [] }) {
        this.orm = orm.silent || orm;
        this.companyIds = companyIds;
        this.loadNumber = 0;
        this.words = {};
        this.state = reactive({
            documentId: false,
            screen: null,
            loading: false,
            failed: "",
            busy: "",
            focused: "",
            /** Field that was just filled by a click: shown for a moment. */
            filled: "",
            problem: "",
            pages: {},
            lines: null,
        });
    }

    // --- reading ---------------------------------------------------------------------------------------------

    get context() {
        const companyId = this.state.screen?.document.company_id;
        const ids = companyId ? [companyId, ...this.companyIds.filter((id) => id !== companyId)] : this.companyIds;
        return ids.length ? { allowed_company_ids: ids } : {};
    }

    call(model, method, args = []) {
        return this.orm.call(model, method, args, { context: this.context });
    }

    /** Show this document; the one before stays until the new one is there. */
    async load(documentId) {
        const { state } = this;
        const number = ++this.loadNumber;
        clearTimeout(this.timer);
        state.loading = true;
        state.failed = "";
        try {
            const screen = await this.call(DOCUMENT, "screen", [[documentId]]);
            if (number === this.loadNumber) {
                this.show(documentId, screen);
            }
        } catch (error) {
            if (number === this.loadNumber) {
                state.failed = explain(error);
                state.documentId = documentId;
            }
        } finally {
            if (number === this.loadNumber) {
                state.loading = false;
            }
        }
    }

    show(documentId, screen) {
        const { state } = this;
        if (documentId !== state.documentId) {
            Object.assign(state, { focused: "", filled: "", problem: "", pages: {} });
        }
        Object.assign(state, { documentId, screen, lines: null });
        if (COMING.includes(screen.document.state)) {
            this.timer = setTimeout(() => this.load(documentId), POLL);
        }
    }

    reload() {
        return this.load(this.state.documentId);
    }

    stop() {
        clearTimeout(this.timer);
        this.loadNumber++;
    }

    /** Words of a page, read once: `[text, x0, y0, x1, y1]` each. */
    async readWords(page) {
        const { documentId, pages } = this.state;
        if (pages[page]) {
            return;
        }
        pages[page] = { words: [], failed: false };
        try {
            const words = await this.call(DOCUMENT, "page_words", [[documentId], page]);
            if (documentId === this.state.documentId) {
                this.state.pages[page] = { words, failed: false };
            }
        } catch {
            if (documentId === this.state.documentId) {
                this.state.pages[page] = { words: [], failed: true };
            }
        }
    }

    // --- what is shown ---------------------------------------------------------------------------------------

    get document() {
        return this.state.screen?.document;
    }

    get card() {
        return this.state.screen?.card || null;
    }

    get fields() {
        return this.state.screen?.fields || [];
    }

    get isWaiting() {
        return Boolean(this.card && OPEN.includes(this.card.state));
    }

    /** Booked, even if as a draft: undone first, it may be corrected. */
    get isBooked() {
        return this.card?.state === "applied" || this.document?.move_state !== "draft";
    }

    /** Whether a person can correct what was read. */
    get canCorrect() {
        const { screen } = this.state;
        return Boolean(screen?.can_decide && screen.document.state === "read" && !this.isBooked);
    }

    get canEdit() {
        return Boolean(this.state.screen?.can_decide && this.card?.can_edit);
    }

    field(name) {
        return this.fields.find((field) => field.name === name);
    }

    focus(name) {
        this.state.focused = name;
        this.state.problem = "";
    }

    // --- correcting ------------------------------------------------------------------------------------------

    /** One act at a time; what the server says against it is shown where the person looks. */
    async act(what, call) {
        if (this.state.busy) {
            return false;
        }
        Object.assign(this.state, { busy: what, problem: "" });
        try {
            await call();
            return true;
        } catch (error) {
            this.state.problem = explain(error);
            return false;
        } finally {
            this.state.busy = "";
        }
    }

    /**
     * A person says what a field is: a word that was clicked, with its box, or what was typed.
     *
     * @param {string} name
     * @param {string} value
     * @param {number[]|null} box
     */
    async correct(name, value, box = null) {
        const isDone = await this.act(name, async () => {
            const changed = { [name]: { value, box } };
            await this.call(DOCUMENT, "correct", [[this.state.documentId], changed]);
            await this.reload();
        });
        if (isDone) {
            this.state.filled = name;
        }
        return isDone;
    }

    /** Fill the focused field with words that were clicked. */
    pick(words, page) {
        const { focused } = this.state;
        if (!focused || !words.length || !this.canCorrect) {
            return false;
        }
        const boxes = words.map((word) => [page, ...word.slice(1, 5)]);
        return this.correct(focused, words.map((word) => word[0]).join(" "), around(boxes));
    }

    /** Propose something else: the whole proposal with these changes. */
    async edit(changes) {
        const { card } = this;
        const proposal = { ...card.proposal, ...changes };
        for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) {
                delete proposal[name];
            }
        }
        return this.act("edit", async () => {
            await this.call(SUGGESTION, "action_edit", [[card.id], proposal]);
            await this.reload();
        });
    }

    /** The lines that a person edited become the proposal's. */
    saveLines() {
        const { lines } = this.state;
        return lines ? this.edit({ lines: toRows(lines) }) : Promise.resolve(true);
    }

    chooseVendor(partnerId) {
        return this.edit({ partner_id: partnerId || null, partner: undefined });
    }

    // --- acts on the document --------------------------------------------------------------------------------

    documentAct(method, args = []) {
        return this.act(method, async () => {
            await this.call(DOCUMENT, method, [[this.state.documentId], ...args]);
            await this.reload();
        });
    }

    findingAct(finding, method, args = []) {
        let result;
        return this.act(method, async () => {
            result = await this.call("ai.finding", method, [[finding.id], ...args]);
            await this.reload();
        }).then((isDone) => isDone && result);
    }
}
