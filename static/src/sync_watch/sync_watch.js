import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useReadNowAndThen } from "../core/roles_hook";

/** In the top bar of every screen, only while something is wrong with syncing. Its asking wakes a watchdog whose
 * scheduled action sleeps. */
export class SyncWatch extends Component {
    static template = "ai_bookkeeper.SyncWatch";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ troubles: [] });
        this.readQuietly = useReadNowAndThen(() => this.read());
    }

    async read() {
        const context = { allowed_company_ids: user.allowedCompanies.map((company) => company.id) };
        const { troubles } = await this.orm.silent.call("sync.watchdog", "state", [], { context });
        this.state.troubles = troubles;
    }

    open(trouble) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sync.trouble",
            res_id: trouble.id,
            views: [[false, "form"]],
        });
    }

    openAll() {
        this.action.doAction("ai_bookkeeper.sync_trouble_action", { clearBreadcrumbs: true });
    }
}

registry.category("systray").add("ai_bookkeeper.sync_watch", { Component: SyncWatch }, { sequence: 25 });
