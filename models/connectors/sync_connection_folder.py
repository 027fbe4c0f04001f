"""Files that somebody puts into a watched folder. The configuration file alone says which ones may be."""

import logging
import time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, config

from ...clients.folder import FAILED, WORK, Folder, FolderError, is_allowed

_logger = logging.getLogger(__name__)
#: Allowed folders, separated by commas; %d stands for the database's name, %c for the number of the company.
OPTION = "ai_bookkeeper_watch_folders"
#: Files taken at a time: each is one row in memory and one job.
MOST_FILES = 50
FOLDER_LOCK = "ai_bookkeeper_watched_folder"


class SyncConnection(models.Model):
    _inherit = "sync.connection"

    watch_folder = fields.Char(
        string="Watched Folder",
        help="A folder on the server that its configuration file allows. Files that lie still there are taken, and "
        "moved to its subfolders work, done and failed.",
    )
    watch_at = fields.Datetime(compute="_compute_watch", string="Looked At")
    watch_error = fields.Char(compute="_compute_watch")

    _watch_folder_uniq = models.UniqueIndex(
        "(watch_folder) WHERE watch_folder IS NOT NULL", "Another connection watches this folder."
    )

    @api.constrains("watch_folder", "company_id")
    def _check_watch_folder(self):
        for connection in self.filtered("watch_folder"):
            roots = connection._watch_roots()
            if not is_allowed(connection.watch_folder, roots):
                raise ValidationError(
                    self.env._(
                        "%(path)s may not be watched. The administrator of the server allows folders in Odoo's "
                        "configuration file (%(option)s). Allowed now: %(roots)s",
                        path=connection.watch_folder,
                        option=OPTION,
                        roots=", ".join(roots) or self.env._("none"),
                    )
                )

    def _compute_watch(self):
        # Written by the system alone; who reads the connection may know how its folder is.
        looks = self.env["sync.watch"].sudo().search([("connection_id", "in", self.ids)])
        found = {look.connection_id.id: look for look in looks}
        for connection in self:
            look = found.get(connection.id, looks.browse())
            connection.watch_at = look.looked_at
            connection.watch_error = look.error

    def _watch_roots(self):
        """The folders that this connection may watch."""
        told = (config.get(OPTION) or "").split(",")
        names = {"%d": self.env.cr.dbname, "%c": str(self.company_id.id)}
        roots = [path.strip() for path in told if path.strip()]
        for mark, name in names.items():
            roots = [path.replace(mark, name) for path in roots]
        return roots

    # === LOOKING === #

    def action_watch_now(self):
        """Look into the folder now; a file is taken at the second look that finds it unchanged."""
        self._check_manager()
        self.ensure_one()
        if not self.watch_folder:
            raise UserError(self.env._("Choose the folder first."))
        self.env.ref("ai_bookkeeper.ir_cron_sync_folders").sudo()._trigger()
        return True

    @api.model
    def _cron_watch(self):
        """Look into every watched folder; never raises, and one folder's trouble stops only itself."""
        watching = self.sudo().search([("watch_folder", "not in", (False, "")), ("state", "=", "connected")])
        # A copy of the database on the same machine must not take the original's files.
        for connection in watching.filtered("is_armed"):
            try:
                self._watch_one(connection.id)
            except Exception:
                _logger.exception("The watched folder of connection %s could not be looked at.", connection.id)

    @api.model
    def _watch_one(self, connection_id):
        """On a cursor of its own: what was taken is committed before the next folder, whatever happens there."""
        with self.env.registry.cursor() as cursor:
            connection = self.with_env(self.env(cr=cursor)).sudo().browse(connection_id)
            # Two servers look at the same time: one of them has the folder, the other comes back later.
            lock = SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", FOLDER_LOCK, connection_id)
            if connection.env.execute_query(lock)[0][0]:
                connection._watch()

    def _watch(self):
        look = self.env["sync.watch"].search([("connection_id", "=", self.id)])
        values = {"looked_at": fields.Datetime.now(), "error": False}
        try:
            with Folder(self.watch_folder, self._watch_roots()) as folder:
                self._put_away(folder)
                values["sights"] = self._take_files(folder, look.sights or {})
        except FolderError as error:
            values["error"] = self._watch_text(error.code)
        except OSError as error:
            values["error"] = self.env._("The folder can't be read: %(error)s", error=error.strerror or "?")
        if look:
            look.write(values)
        else:
            look.create({**values, "connection_id": self.id})

    def _take_files(self, folder, seen):
        """Take what lies still; answers what was seen and still lies there."""
        limit = self._connector()._most_bytes
        open_places = self.env["sync.intake"].search([("connection_id", "=", self.id), ("place", "=like", f"{WORK}/%")])
        for taken in folder.left_behind(open_places.mapped("place"), limit):
            self._take_file(folder, taken)
        sights = folder.sights()
        before = {name: tuple(about) for name, about in seen.items()}
        for sight in folder.still(sights, before, time.time())[:MOST_FILES]:
            taken = folder.take(sight, limit)
            if taken:
                self._take_file(folder, taken)
        # Names that no database can hold are forgotten: such a file is taken once its name is mended.
        return {sight.name: [sight.size, sight.mtime] for sight in folder.sights() if _is_text(sight.name)}

    def _take_file(self, folder, taken):
        if taken.data is None:
            place = folder.settle(taken.place, good=False)
            self.message_post(
                body=self.env._(
                    "%(name)s is larger than %(size)s MB and was put into %(place)s.",
                    name=taken.name,
                    size=self._connector()._most_bytes // 1024 // 1024,
                    place=place,
                )
            )
            return
        self.env["sync.intake"]._take(
            self,
            "folder",
            f"folder:{taken.key}",
            taken.data,
            name=taken.name,
            sender=self.watch_folder,
            place=taken.place,
        )

    def _put_away(self, folder):
        """Move files to done or failed, as what became of them is known by now."""
        lying = self.env["sync.intake"].search(
            [("connection_id", "=", self.id), "|", ("place", "=like", f"{WORK}/%"), ("place", "=like", f"{FAILED}/%")]
        )
        for intake in lying:
            if intake.status in ("done", "dropped", "failed"):
                intake.place = folder.settle(intake.place, intake.status != "failed")

    def _watch_text(self, code):
        texts = {
            "not_allowed": self.env._(
                "The folder may not be watched (any more): the server's configuration file does not allow it (%s).",
                OPTION,
            ),
            "missing": self.env._("There is no such folder on the server. Is it mounted?"),
            "denied": self.env._(
                "Odoo may not read and write in the folder. It needs both, and work, done and failed must be folders."
            ),
            "full": self.env._("No file can be moved in the folder: the disk is full."),
        }
        return texts[code]


def _is_text(name):
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in name
