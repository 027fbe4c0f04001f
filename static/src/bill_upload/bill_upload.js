import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { explain } from "../bill_store/bill_store";

/** Files on their way at the same time: the server reads one after the other anyway. */
export const PARALLEL = 2;
/** How often documents that are being read are asked for, in milliseconds. */
const POLL = 3000;
const COMING = ["queued", "reading"];

const MARKS = {
    waiting: ["fa-clock-o text-muted", _t("Waits")],
    sending: ["fa-spin fa-circle-o-notch text-primary", _t("Being sent")],
    refused: ["fa-times-circle text-danger", _t("Not taken")],
    queued: ["fa-clock-o text-info", _t("Waits to be read")],
    reading: ["fa-spin fa-circle-o-notch text-info", _t("Being read")],
    failed: ["fa-exclamation-circle text-danger", _t("Can't be read, the file is kept")],
    not_bill: ["fa-archive text-muted", _t("Not a bill")],
    read: ["fa-check text-success", _t("Read")],
};

/** A file's content as base64. */
export function toBase64(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1] || "");
        reader.onerror = () => reject(new Error(_t("The file could not be read from your computer.")));
        reader.readAsDataURL(file);
    });
}

/** Sends files one by one and follows each until it is read. */
export class Uploads {
    constructor({ orm, onChanged = () => {} }) {
        this.orm = orm.silent || orm;
        this.onChanged = onChanged;
        this.nextId = 1;
        this.running = 0;
    }

    /** @param {Object} state reactive `{rows: []}` that the panel shows */
    use(state) {
        this.state = state;
    }

    add(files, journalId) {
        for (const file of files) {
            this.state.rows.push({ id: this.nextId++, name: file.name, file, journalId, state: "waiting", error: "", documentId: false });
        }
        const lanes = PARALLEL - this.running;
        for (let lane = 0; lane < lanes; lane++) {
            this.work();
        }
    }

    /** One lane: takes the next file that waits, until none does. */
    async work() {
        this.running += 1;
        try {
            let row;
            while ((row = this.state.rows.find(({ state }) => state === "waiting"))) {
                await this.send(row);
            }
        } finally {
            this.running -= 1;
        }
        if (!this.running) {
            this.onChanged();
            this.follow();
        }
    }

    async send(row) {
        row.state = "sending";
        try {
            const datas = await toBase64(row.file);
            const taken = await this.orm.call("ai.document", "upload", [row.name, datas, row.journalId || null]);
            Object.assign(row, { documentId: taken.document_id, state: "queued", error: taken.error || "" });
        } catch (error) {
            Object.assign(row, { state: "refused", error: explain(error) });
        }
        row.file = null;
    }

    /** Try again what was not taken; its content must be chosen anew, so only its line goes. */
    forget(row) {
        this.state.rows = this.state.rows.filter((found) => found !== row);
    }

    get comingIds() {
        return this.state.rows.filter(({ documentId, state }) => documentId && COMING.includes(state)).map((row) => row.documentId);
    }

    follow() {
        clearTimeout(this.timer);
        if (this.comingIds.length) {
            this.timer = setTimeout(() => this.look(), POLL);
        }
    }

    async look() {
        const ids = this.comingIds;
        try {
            const found = new Map((await this.orm.call("ai.document", "screen_states", [ids])).map((row) => [row.id, row]));
            let isChanged = false;
            for (const row of this.state.rows.filter(({ documentId }) => ids.includes(documentId))) {
                const now = found.get(row.documentId);
                isChanged ||= now && now.state !== row.state;
                Object.assign(row, now ? { state: now.state, error: now.error, what: [now.vendor, now.number].filter(Boolean).join(" · ") } : { state: "read" });
            }
            isChanged && this.onChanged();
        } catch {
            // Asked again: what was uploaded is safe.
        }
        this.follow();
    }

    stop() {
        clearTimeout(this.timer);
    }
}

/** Every file that was dropped, and how far it is. */
export class BillUpload extends Component {
    static template = "ai_bookkeeper.BillUpload";
    static props = { uploads: Object, onOpen: Function };

    setup() {
        this.state = useState({ rows: [], isFolded: false });
        this.props.uploads.use(this.state);
        onWillUnmount(() => this.props.uploads.stop());
    }

    mark(row) {
        const [icon, label] = MARKS[row.state] || MARKS.read;
        return { icon, label };
    }

    get rows() {
        const order = ["refused", "failed", "sending", "reading", "queued", "waiting"];
        const rank = ({ state }) => (order.indexOf(state) + 1 || order.length + 1);
        return [...this.state.rows].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
    }

    count(...states) {
        return this.state.rows.filter(({ state }) => states.includes(state)).length;
    }

    get total() {
        return this.state.rows.length;
    }

    get sent() {
        return this.total - this.count("waiting", "sending");
    }

    get done() {
        return this.total - this.count("waiting", "sending", "queued", "reading");
    }

    get isSending() {
        return this.sent < this.total;
    }

    get title() {
        const words = { sent: this.sent, done: this.done, total: this.total };
        return this.isSending ? _t("%(sent)s of %(total)s sent", words) : _t("%(done)s of %(total)s read", words);
    }

    get percent() {
        // Sending is half of the way.
        return this.total ? Math.round(((this.sent + this.done) / (2 * this.total)) * 100) : 0;
    }

    close() {
        this.state.rows = [];
    }
}
