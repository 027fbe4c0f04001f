import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/**
 * A button that calls a method of the form's record until nothing is left, with a bar that shows how far it is.
 * Each call is a transaction of its own: what is done stays done, and after a stop it goes on where it was.
 */
export class Slices extends Component {
    static template = "ai_bookkeeper.Slices";
    static props = { record: Object, readonly: { type: Boolean, optional: true }, method: String, label: String, verb: String };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ running: false, stopping: false, done: 0, count: 0 });
        onWillUnmount(() => (this.state.stopping = true));
    }

    get percent() {
        return this.state.count ? Math.round((100 * this.state.done) / this.state.count) : 0;
    }

    get text() {
        const { done, count } = this.state;
        return count ? _t("%(verb)s: %(done)s of %(count)s", { verb: this.props.verb, done, count }) : this.props.verb;
    }

    async run() {
        const { record } = this.props;
        if (this.state.running || !(await record.save())) {
            return;
        }
        Object.assign(this.state, { running: true, stopping: false, done: 0, count: 0 });
        try {
            let left = true;
            while (left && !this.state.stopping) {
                const found = await this.orm.call(record.resModel, this.props.method, [[record.resId]]);
                Object.assign(this.state, { done: found.done, count: found.count });
                left = found.left;
            }
        } finally {
            this.state.running = false;
            await record.load();
        }
    }

    stop() {
        this.state.stopping = true;
    }
}

registry.category("view_widgets").add("ai_slices", {
    component: Slices,
    extractProps: ({ attrs }) => ({ method: attrs.method, label: attrs.label, verb: attrs.verb }),
});
