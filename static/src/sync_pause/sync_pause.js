import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

const EVERY_MS = 5 * 60 * 1000;
const CHANGED = "AI_BOOKKEEPER:SYNC-PAUSE";
const ROLES = ["reviewer", "manager", "auditor"].map((role) => `ai_bookkeeper.ai_bookkeeper_group_${role}`);

/** In the top bar of every screen while syncing is paused: who works on knows why nothing arrives elsewhere. */
export class SyncPause extends Component {
    static template = "ai_bookkeeper.SyncPause";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ pause: { text: "" } });
        useBus(this.env.bus, CHANGED, () => this.read());
        // After the screen is there: nobody waits for a notice.
        onMounted(async () => {
            const roles = await Promise.all(ROLES.map((role) => user.hasGroup(role)));
            if (roles.some(Boolean)) {
                this.timer = setInterval(() => document.hidden || this.read(), EVERY_MS);
                await this.read();
            }
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async read() {
        const context = { allowed_company_ids: user.activeCompanies.map((company) => company.id) };
        try {
            this.state.pause = await this.orm.silent.call("sync.pause", "pause_state", [], { context });
        } catch {
            // A notice that cannot be read is no reason to stop somebody's work.
        }
    }

    get maySwitch() {
        const { pause } = this.state;
        return pause.all ? pause.may_switch_all : pause.may_switch;
    }

    open() {
        const context = { default_scope: this.state.pause.all ? "all" : "company" };
        this.action.doAction("ai_bookkeeper.sync_pause_switch_action", { additionalContext: context });
    }
}

registry.category("systray").add("ai_bookkeeper.sync_pause", { Component: SyncPause }, { sequence: 26 });

/** The dialog closes, the notice follows, and the screen below shows what is true now. */
function pauseChanged(env) {
    env.bus.trigger(CHANGED);
    env.services.action.doAction({ type: "ir.actions.act_window_close" });
    return { type: "ir.actions.client", tag: "soft_reload" };
}

registry.category("actions").add("ai_bookkeeper.sync_pause_changed", pauseChanged);
