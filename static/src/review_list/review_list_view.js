import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";
import { ReviewListController } from "./review_list_controller";
import { ReviewListRenderer } from "./review_list_renderer";

registry.category("views").add("ai_review_list", {
    ...listView,
    Controller: ReviewListController,
    Renderer: ReviewListRenderer,
});
