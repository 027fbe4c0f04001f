import { Component, onWillStart, useState, useSubEnv } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { WithSearch } from "@web/search/with_search/with_search";
import { getDefaultConfig } from "@web/views/view";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Desk } from "./desk";
import { explain } from "./desk_reader";
import { DeskStore } from "./desk_store";

/** The client action: opens the desk's store and puts Odoo's search around the screen. */
export class DeskAction extends Component {
    static template = "ai_bookkeeper.DeskAction";
    static components = { Desk, WithSearch };
    static props = { ...standardActionServiceProps };

    setup() {
        useSubEnv({ config: { ...getDefaultConfig(), ...this.env.config } });
        const companyIds = user.allowedCompanies.map((company) => company.id);
        this.store = new DeskStore({ orm: useService("orm"), companyIds });
        this.state = useState({ failed: "", ready: false });
        Object.assign(this.store.state, this.props.state?.desk || {});
        // The queue is read while the search is being prepared; a search that was kept reads it again.
        this.store.load();
        onWillStart(() => this.open());
    }

    async open() {
        this.state.failed = "";
        try {
            await this.store.open();
            this.state.ready = true;
        } catch (error) {
            this.state.failed = explain(error);
        }
    }

    get searchProps() {
        return {
            resModel: "ai.suggestion",
            searchViewId: this.store.state.setup.search_view_id,
            loadIrFilters: true,
            searchMenuTypes: ["filter", "favorite"],
            context: { ...this.props.action.context },
            globalState: this.props.globalState,
        };
    }
}

registry.category("actions").add("ai_bookkeeper.desk", DeskAction);
