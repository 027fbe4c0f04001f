import { Component } from "@odoo/owl";
import { DifferenceTable } from "../difference_table/difference_table";
import { DocumentTable } from "../document_table/document_table";

/** The answers to a question, each a big button that books it. */
export class ChoiceList extends Component {
    static template = "ai_bookkeeper.ChoiceList";
    static components = { DifferenceTable, DocumentTable };
    static props = {
        alternatives: Array,
        currencyId: { type: [Number, Boolean], optional: true },
        sign: Number,
        disabled: Boolean,
        onChoose: Function,
    };
}
