import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Names of events in a Json field, chosen by ticking them below the kind of record they are about. */
export class SyncEventNames extends Component {
    static template = "ai_bookkeeper.SyncEventNames";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        // Ticks count at once: the record follows when the server has answered, and the next tick may come before.
        this.state = useState({ groups: [], chosen: [] });
        this.underway = 0;
        useRecordObserver((record) => {
            const names = record.data[this.props.name] || [];
            if (!this.underway) {
                this.state.chosen = names;
            }
        });
        onWillStart(async () => {
            this.state.groups = await this.orm.cache().call("sync.webhook", "event_choices", []);
        });
    }

    get chosen() {
        return this.state.chosen;
    }

    isChosen(event) {
        return this.chosen.includes(event.name);
    }

    areAllChosen(group) {
        return group.events.every((event) => this.isChosen(event));
    }

    /** "Invoices and bills: posted" below its title is "posted". */
    label(group, event) {
        const prefix = `${group.title}: `;
        return event.label.startsWith(prefix) ? event.label.slice(prefix.length) : event.label;
    }

    toggle(event) {
        this.update(
            this.isChosen(event) ? this.chosen.filter((name) => name !== event.name) : [...this.chosen, event.name],
        );
    }

    toggleGroup(group) {
        const names = group.events.map((event) => event.name);
        const others = this.chosen.filter((name) => !names.includes(name));
        this.update(this.areAllChosen(group) ? others : [...others, ...names]);
    }

    async update(names) {
        this.state.chosen = names;
        this.underway++;
        try {
            await this.props.record.update({ [this.props.name]: names });
        } finally {
            this.underway--;
        }
    }
}

registry.category("fields").add("ai_sync_event_names", {
    component: SyncEventNames,
    displayName: _t("Events"),
    supportedTypes: ["json", "jsonb"],
});
