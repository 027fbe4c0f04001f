import { Component, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { shownValue } from "../bill_fields/bill_fields";
import { between } from "./picking";

const ZOOMS = [0.75, 1, 1.25, 1.5, 2, 3];
/** Width in pixels of the picture that is asked for; one picture serves all zooms. */
const WIDTH = 1400;

/** The pages of a document with the boxes of its fields over them; a click on a word fills the focused field. */
export class BillPages extends Component {
    static template = "ai_bookkeeper.BillPages";
    static props = { store: Object };

    setup() {
        this.store = this.props.store;
        this.state = useState(this.store.state);
        this.view = useState({ zoom: 1, broken: {}, dragged: null, seen: {} });
        this.rootRef = useRef("root");
        useEffect(
            () => this.watch(),
            () => [this.state.documentId, this.pages.length]
        );
        useEffect(
            () => this.reveal(),
            () => [this.state.focused, this.state.documentId]
        );
        useEffect(
            () => {
                Object.assign(this.view, { broken: {}, dragged: null, seen: {} });
            },
            () => [this.state.documentId]
        );
        onWillUnmount(() => this.observer?.disconnect());
    }

    get document() {
        return this.state.screen?.document;
    }

    get pages() {
        return this.document?.pages || [];
    }

    /** What a field says, as it is shown beside. */
    value(name) {
        const field = this.store.field(name);
        return field ? shownValue(field) : "";
    }

    get items() {
        return this.state.screen?.items || [];
    }

    get taxes() {
        return this.state.screen?.taxes || [];
    }

    get isPdf() {
        return this.document?.media_type === "application/pdf";
    }

    get isImage() {
        return (this.document?.media_type || "").startsWith("image/") && !/heic|heif|tiff/.test(this.document.media_type);
    }

    /** The file itself, where no picture of its pages could be drawn. */
    get fileUrl() {
        const content = `/web/content/${this.document.picture_id}`;
        return this.isPdf
            ? `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(content)}#pagemode=none&zoom=page-width`
            : `/web/image/${this.document.picture_id}`;
    }

    get hasPictures() {
        return this.pages.length > 0 && !this.view.broken[this.pages[0].number];
    }

    get hint() {
        if (!this.store.canCorrect) {
            return "";
        }
        const field = this.store.field(this.state.focused);
        return field ? field.label : "";
    }

    /** Before its picture is there, a page takes the place that it will need. */
    pageStyle({ ratio }) {
        return `width: ${this.view.zoom * 100}%;${ratio ? ` aspect-ratio: 1 / ${ratio.toFixed(4)}` : ""}`;
    }

    pageUrl(number) {
        return `/ai_bookkeeper/document/${this.document.id}/page/${number}?width=${WIDTH}`;
    }

    /** Read the words of pages when they come into sight. */
    watch() {
        this.observer?.disconnect();
        const root = this.rootRef.el;
        if (!root || !this.pages.length) {
            return;
        }
        this.observer = new IntersectionObserver(
            (entries) => {
                for (const entry of entries.filter(({ isIntersecting }) => isIntersecting)) {
                    const number = Number(entry.target.dataset.page);
                    this.view.seen[number] = true;
                    this.store.readWords(number);
                }
            },
            { root, rootMargin: "400px" }
        );
        root.querySelectorAll(".o_ai_page").forEach((page) => this.observer.observe(page));
    }

    words(number) {
        return this.state.pages[number]?.words || [];
    }

    /** Boxes of the fields on a page; the focused one stands out. */
    boxes(number) {
        const { focused } = this.state;
        return this.store.fields
            .filter(({ box, value }) => box && value && box[0] === number)
            .map((field) => ({ ...field, isFocused: field.name === focused }));
    }

    style(box) {
        const percent = (value) => `${(value * 100).toFixed(3)}%`;
        const [x0, y0, x1, y1] = box;
        return `left: ${percent(x0)}; top: ${percent(y0)}; width: ${percent(x1 - x0)}; height: ${percent(y1 - y0)}`;
    }

    isDragged(number, index) {
        const { dragged } = this.view;
        return dragged?.page === number && dragged.indexes.includes(index);
    }

    // --- picking words ---------------------------------------------------------------------------------------

    wordAt(ev) {
        const word = ev.target.closest?.(".o_ai_word");
        return word ? { page: Number(word.closest(".o_ai_page").dataset.page), index: Number(word.dataset.index) } : null;
    }

    onPointerdown(ev) {
        const at = this.wordAt(ev);
        if (at && ev.button === 0 && this.store.canCorrect) {
            // The field keeps the focus: its words are being chosen.
            ev.preventDefault();
            this.view.dragged = { page: at.page, from: at.index, indexes: [at.index] };
        }
    }

    onPointermove(ev) {
        const { dragged } = this.view;
        const at = dragged && this.wordAt(ev);
        if (at && at.page === dragged.page) {
            dragged.indexes = between(this.words(at.page), dragged.from, at.index);
        }
    }

    async onPointerup() {
        const { dragged } = this.view;
        if (!dragged) {
            return;
        }
        const words = dragged.indexes.map((index) => this.words(dragged.page)[index]);
        try {
            await this.store.pick(words, dragged.page);
        } finally {
            this.view.dragged = null;
        }
    }

    /** A box of a field brings the person to that field. */
    onBox(name) {
        this.store.focus(name);
        document.querySelector(`.o_ai_bill_field[data-name="${name}"] input`)?.focus();
    }

    // --- looking ---------------------------------------------------------------------------------------------

    zoom(step) {
        const index = ZOOMS.indexOf(this.view.zoom) + step;
        this.view.zoom = ZOOMS[Math.min(Math.max(index, 0), ZOOMS.length - 1)];
    }

    reveal() {
        const box = this.rootRef.el?.querySelector(".o_ai_box_focused");
        box?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    onBroken(number) {
        this.view.broken[number] = true;
    }
}
