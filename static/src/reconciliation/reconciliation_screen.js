import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { IssueDialog } from "./issue_dialog";
import { ReconciliationOverview } from "./reconciliation_overview";
import { ReconciliationSheet } from "./reconciliation_sheet";

const { DateTime } = luxon;
const MODEL = "ai.bank.reconciliation";

/** Bank reconciliation statements: of all journals on a day, and of one with every item. */
export class ReconciliationScreen extends Component {
    static template = "ai_bookkeeper.ReconciliationScreen";
    static components = { DateTimeInput, Layout, ReconciliationOverview, ReconciliationSheet };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.keepLast = new KeepLast();
        const { params = {} } = this.props.action;
        const kept = this.props.state || {};
        this.state = useState({
            journalId: kept.journalId ?? params.journal_id ?? (this.props.resId || 0),
            day: kept.day || params.day || serializeDate(DateTime.local()),
            version: kept.version ?? params.version ?? null,
            overview: null,
            sheet: null,
            problem: "",
            loading: true,
        });
        onWillStart(() => this.load());
        useHotkey("alt+p", () => this.step(-1));
        useHotkey("alt+n", () => this.step(1));
    }

    get display() {
        return { controlPanel: {} };
    }

    get date() {
        return deserializeDate(this.state.day);
    }

    get today() {
        return DateTime.local();
    }

    async load() {
        const { journalId, day, version } = this.state;
        this.state.loading = true;
        this.state.problem = "";
        this.props.updateActionState?.({ resId: journalId || undefined });
        try {
            if (journalId) {
                const asked = this.orm.call(MODEL, "statement", [journalId], { day, version });
                this.state.sheet = await this.keepLast.add(asked);
            } else {
                this.state.overview = await this.keepLast.add(this.orm.call(MODEL, "overview", [], { day }));
                this.state.sheet = null;
            }
        } catch (error) {
            // What cannot be shown is said where it would stand; the journal and the day can be chosen anew.
            this.state.sheet = null;
            this.state.problem = error.data?.message || error.message;
        } finally {
            this.state.loading = false;
        }
    }

    openJournal(journalId) {
        Object.assign(this.state, { journalId, version: null });
        return this.load();
    }

    setDay(date) {
        if (date) {
            Object.assign(this.state, { day: serializeDate(date), version: null });
            this.load();
        }
    }

    /** The end of the month before or after. */
    step(months) {
        const end = this.date.plus({ months }).endOf("month");
        this.setDay(months < 0 && +this.date.endOf("month") !== +this.date.endOf("day") ? this.date.minus({ months: 1 }).endOf("month") : end);
    }

    setVersion(version) {
        this.state.version = version;
        return this.load();
    }

    get fileUrl() {
        const { journalId, day, version } = this.state;
        const companies = user.activeCompanies.map((company) => company.id).join("-");
        const asked = version === null ? "" : `&version=${version}`;
        return (form) => `/ai_bookkeeper/reconciliation/${journalId}/${day}.${form}?companies=${companies}${asked}`;
    }

    download(form) {
        browser.open(this.fileUrl(form), "_blank");
    }

    openIssued() {
        this.action.doAction("ai_bookkeeper.ai_bank_reconciliation_action_issued");
    }

    issue() {
        const { sheet } = this.state;
        this.dialog.add(IssueDialog, {
            sheet,
            issue: async (note) => {
                const { journalId, day } = this.state;
                this.state.sheet = await this.orm.call(MODEL, "issue", [journalId, day], { seen: sheet.seen, note });
                this.state.version = null;
            },
        });
    }

    get canIssue() {
        const { sheet, day } = this.state;
        return sheet && !sheet.issued && sheet.can_issue && day <= serializeDate(this.today);
    }

    get issueLabel() {
        return this.state.sheet.versions.length ? _t("Issue a new version") : _t("Issue");
    }

    loadRows(section) {
        const { journalId, day, sheet } = this.state;
        return this.orm.call(MODEL, "rows", [journalId, day, section.name], {
            side: section.side,
            offset: section.rows.length,
            version: sheet.issued ? sheet.issued.version : 0,
        });
    }

    openEntry(row) {
        const line = row.line_id;
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line ? "account.bank.statement.line" : "account.move",
            res_id: line || row.move_id,
            views: [[false, "form"]],
        });
    }

    openStatement(id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Lines of the statement"),
            res_model: "account.bank.statement.line",
            domain: [["statement_id", "=", id]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("actions").add("ai_bookkeeper.reconciliation", ReconciliationScreen);
