import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useDebounced } from "@web/core/utils/timing";
import { money, shortDate } from "../core/format";

const SCOPES = {
    partner: _t("open items"),
    year: _t("this fiscal year"),
    all: _t("balance"),
};
/** A person who only passes by needs neither figures nor a PDF. */
const STAYS = 220;

/** What the card is about: the documents it names with their files, the bank line itself, and the balances it moves. */
export class DeskBeside extends Component {
    static template = "ai_bookkeeper.DeskBeside";
    static props = { store: Object, payload: Object, turn: Number, onOpen: Function };

    setup() {
        this.money = money;
        this.shortDate = shortDate;
        this.state = useState({ tab: 0, file: 0, stays: false, effectFailed: false });
        this.store = useState(this.props.store.state);
        this.scopes = SCOPES;
        const settle = useDebounced((id) => this.settle(id), STAYS);
        useEffect(
            (id) => {
                Object.assign(this.state, { tab: 0, file: 0, stays: false, effectFailed: false });
                settle(id);
            },
            () => [this.props.payload.id]
        );
        useEffect(
            (turn) => {
                if (turn && this.tabs.length) {
                    this.show((this.state.tab + 1) % this.tabs.length);
                }
            },
            () => [this.props.turn]
        );
    }

    async settle(id) {
        if (id !== this.props.payload.id) {
            return;
        }
        this.state.stays = true;
        try {
            await this.props.store.loadEffect(id);
        } catch {
            this.state.effectFailed = true;
        }
    }

    get tabs() {
        const { documents, line } = this.props.payload;
        const found = documents.map((document) => ({ key: `d${document.id}`, label: document.name, document }));
        return line ? [...found, { key: "line", label: _t("Bank line"), line }] : found;
    }

    get tab() {
        return this.tabs[this.state.tab] || this.tabs[0];
    }

    get file() {
        return this.tab?.document?.files?.[this.state.file];
    }

    get fileUrl() {
        const content = `/web/content/${this.file.id}`;
        return this.file.kind === "pdf"
            ? `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(content)}#pagemode=none&zoom=page-width`
            : `/web/image/${this.file.id}`;
    }

    show(index) {
        Object.assign(this.state, { tab: index, file: 0 });
    }

    get effect() {
        return this.store.effects[this.props.payload.id];
    }
}
