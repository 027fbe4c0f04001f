import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer";
const LIMIT = 1000;

/** How many suggestions wait for the person, in the top bar of every screen; opens the desk. */
export class DeskSystray extends Component {
    static template = "ai_bookkeeper.DeskSystray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.state = useState({ isShown: false, count: 0 });
        const readSoon = useDebounced(() => this.read(), 1500);
        // After the screen is there: nobody waits for a counter.
        onMounted(async () => {
            this.state.isShown = await user.hasGroup(REVIEWER);
            if (this.state.isShown) {
                this.bus.subscribe("ai_bookkeeper.desk", readSoon);
                await this.read();
            }
        });
        onWillUnmount(() => this.bus.unsubscribe("ai_bookkeeper.desk", readSoon));
    }

    async read() {
        const context = { allowed_company_ids: user.allowedCompanies.map((company) => company.id) };
        try {
            this.state.count = await this.orm.silent.call("ai.suggestion", "desk_waiting_count", [], { context });
        } catch {
            // A counter that cannot be read is no reason to stop somebody's work.
        }
    }

    get label() {
        const { count } = this.state;
        return count >= LIMIT ? `${LIMIT - 1}+` : String(count);
    }

    open() {
        this.action.doAction("ai_bookkeeper.ai_suggestion_desk_action", { clearBreadcrumbs: true });
    }
}

registry.category("systray").add("ai_bookkeeper.desk", { Component: DeskSystray }, { sequence: 24 });
