import { onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { user } from "@web/core/user";
import { BillUpload, Uploads } from "./bill_upload";

const REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer";

/** What the kanban and the list of documents have in common: uploading, and opening the screen of one. */
const WithUpload = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            this.orm = useService("orm");
            this.uploadRef = useRef("uploadInput");
            this.upload = useState({ journals: [], journalId: false, isOver: false });
            this.uploads = new Uploads({ orm: this.orm, onChanged: () => this.model.root && this.model.load() });
            onWillStart(async () => {
                if (await user.hasGroup(REVIEWER)) {
                    this.upload.journals = await this.orm.call("ai.document", "upload_journals", []);
                    this.upload.journalId = this.upload.journals[0]?.id || false;
                }
            });
            useExternalListener(window, "dragenter", (ev) => this.onDragenter(ev));
            useExternalListener(window, "beforeunload", (ev) => this.uploads.running && ev.preventDefault());
        }

        choose() {
            this.uploadRef.el.click();
        }

        onJournal(ev) {
            this.upload.journalId = Number(ev.target.value);
        }

        onChosen(ev) {
            this.uploads.add([...ev.target.files], this.upload.journalId);
            ev.target.value = "";
        }

        onDragenter(ev) {
            if (this.upload.journals.length && [...(ev.dataTransfer?.types || [])].includes("Files")) {
                this.upload.isOver = true;
            }
        }

        onDragleave() {
            this.upload.isOver = false;
        }

        onDrop(ev) {
            this.upload.isOver = false;
            this.uploads.add([...ev.dataTransfer.files], this.upload.journalId);
        }

        get shownIds() {
            const of = (list) => (list.groups ? list.groups.flatMap((group) => of(group.list)) : list.records);
            return of(this.model.root).map((record) => record.resId);
        }

        openScreen(documentId) {
            const ids = this.shownIds.includes(documentId) ? this.shownIds : [documentId];
            return this.actionService.doAction("ai_bookkeeper.ai_document_screen_action", {
                additionalContext: { document_id: documentId, document_ids: ids },
            });
        }

        openRecord(record) {
            return this.openScreen(record.resId);
        }
    };

class DocumentKanbanController extends WithUpload(KanbanController) {
    static template = "ai_bookkeeper.DocumentKanbanView";
    static components = { ...KanbanController.components, BillUpload };
}

class DocumentListController extends WithUpload(ListController) {
    static template = "ai_bookkeeper.DocumentListView";
    static components = { ...ListController.components, BillUpload };
}

registry.category("views").add("ai_document_kanban", { ...kanbanView, Controller: DocumentKanbanController });
registry.category("views").add("ai_document_list", { ...listView, Controller: DocumentListController });
