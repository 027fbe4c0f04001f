import { Component, onWillStart, useState } from "@odoo/owl";
import { toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ACTING = ["ai_bookkeeper.ai_bookkeeper_group_reviewer", "ai_bookkeeper.ai_bookkeeper_group_manager"];
const CLASSES = {
    pending: "text-bg-info",
    synced: "text-bg-success",
    failed: "text-bg-danger",
    conflict: "text-bg-warning",
};
const ICONS = { pending: "fa-clock-o", synced: "fa-check", failed: "fa-times", conflict: "fa-code-fork" };

/** One sentence for a state: what happened, since when. */
export function sentence(state, date) {
    const since = toLocaleDateTimeString(date);
    switch (state) {
        case "pending":
            return _t("Waiting to be sent since %(since)s.", { since });
        case "synced":
            return _t("Acknowledged by everybody who listens, last on %(since)s.", { since });
        case "failed":
            return _t("Failed on %(since)s. Nothing more is tried until somebody does something.", { since });
        case "conflict":
            return _t("Changed here and there since %(since)s: somebody has to decide.", { since });
        default:
            return _t("No other system was told about this.");
    }
}

/** What is behind a chip, and what can be done about it. */
export class SyncChipDetails extends Component {
    static template = "ai_bookkeeper.SyncChipDetails";
    static props = { record: Object, name: String, close: { type: Function, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ mayAct: false, isBusy: false });
        onWillStart(async () => {
            const roles = await Promise.all(ACTING.map((group) => user.hasGroup(group)));
            this.state.mayAct = roles.includes(true);
        });
    }

    get data() {
        return this.props.record.data;
    }

    get syncState() {
        return this.data[this.props.name];
    }

    get text() {
        return sentence(this.syncState, this.data.sync_date);
    }

    get isStuck() {
        return this.syncState === "failed";
    }

    async call(method) {
        const { record } = this.props;
        this.state.isBusy = true;
        try {
            const notice = await this.orm.call(record.resModel, method, [[record.resId]]);
            this.props.close?.();
            // The chip is read anew by itself; reloading the screen would lose what is being typed.
            await this.action.doAction({ ...notice, params: { ...notice.params, next: undefined } });
            if (!(await record.isDirty())) {
                await record.load();
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    async openJobs() {
        const { record } = this.props;
        const action = await this.orm.call(record.resModel, "action_sync_open_jobs", [[record.resId]]);
        this.props.close?.();
        await this.action.doAction(action);
    }
}

/** How far other systems know the record; a click tells why. */
export class SyncChip extends Component {
    static template = "ai_bookkeeper.SyncChip";
    static props = { ...standardFieldProps, hideNone: { type: Boolean, optional: true } };

    setup() {
        this.details = usePopover(SyncChipDetails, { position: "bottom-start", arrow: true });
    }

    get value() {
        return this.props.record.data[this.props.name] || "none";
    }

    get label() {
        const { record, name } = this.props;
        return record.fields[name].selection.find(([value]) => value === this.value)?.[1] || "";
    }

    get className() {
        return CLASSES[this.value] || "o_sync_chip_none";
    }

    get icon() {
        return ICONS[this.value];
    }

    get isShown() {
        return this.props.record.resId && !(this.props.hideNone && this.value === "none");
    }

    get tooltip() {
        const { sync_date, sync_error } = this.props.record.data;
        return [sentence(this.value, sync_date), sync_error].filter(Boolean).join("\n");
    }

    open(event) {
        if (this.details.isOpen) {
            this.details.close();
        } else {
            this.details.open(event.currentTarget, { record: this.props.record, name: this.props.name });
        }
    }
}

export const syncChip = {
    component: SyncChip,
    displayName: _t("Sync chip"),
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "sync_date", type: "datetime", readonly: true },
        { name: "sync_error", type: "char", readonly: true },
    ],
    extractProps: ({ options }) => ({ hideNone: Boolean(options.hide_none) }),
};

registry.category("fields").add("sync_chip", syncChip);
