import { onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** The list of policies with the switch that pauses the machine above it. */
export class PolicyListController extends ListController {
    static template = "ai_bookkeeper.PolicyList";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.pause = useState({ company: false, all: false, text: "", canSwitch: false });
        onWillStart(async () => {
            this.pause.canSwitch = await user.hasGroup("ai_bookkeeper.ai_bookkeeper_group_manager");
            await this.readPause();
        });
    }

    async readPause() {
        Object.assign(this.pause, await this.orm.call("ai.policy", "pause_state", []));
    }

    get isPaused() {
        return this.pause.company || this.pause.all;
    }

    askToPause() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Pause AI Bookkeeper"),
            body: _t(
                "From now on nothing is proposed by itself, no policy accepts, no batch is signed off and no agent is heard in this company. People go on deciding by hand."
            ),
            confirmLabel: _t("Pause"),
            confirm: () => this.switchPause("pause"),
            cancel: () => {},
        });
    }

    async switchPause(method) {
        await this.orm.call("ai.policy", method, [], {
            all_companies: method === "resume" && this.pause.all,
        });
        await this.readPause();
    }
}

registry.category("views").add("ai_policy_list", { ...listView, Controller: PolicyListController });
