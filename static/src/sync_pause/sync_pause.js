import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { useReadNowAndThen } from "../core/roles_hook";

const CHANGED = "AI_BOOKKEEPER:SYNC-PAUSE";

/** In the top bar of every screen while syncing is paused: who works on knows why nothing arrives elsewhere. */
export class SyncPause extends Component {
    static template = "ai_bookkeeper.SyncPause";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ pause: { text: "" } });
        const read = useReadNowAndThen(() => this.read());
        useBus(this.env.bus, CHANGED, read);
    }

    async read() {
        const context = { allowed_company_ids: user.activeCompanies.map((company) => company.id) };
        this.state.pause = await this.orm.silent.call("sync.pause", "pause_state", [], { context });
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
