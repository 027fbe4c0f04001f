"""Check the audit log of AI Bookkeeper from the command line."""

import json
import logging
import sys
from pathlib import Path

from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

_SUPERUSER = 1


class Ai_Audit(Command):  # Odoo wants the class to be named as the file
    """Check the audit log of AI Bookkeeper: every row, name and seal, and anchors that were kept outside.

    The status is 0 when the log is whole, 1 when it is broken, 2 when it can't be checked.
    """

    name = "ai_audit"

    def run(self, cmdargs):
        parser = self.parser
        parser.add_argument("-c", "--config", help="Odoo's configuration file")
        parser.add_argument("-d", "--database", required=True, help="the database to check")
        parser.add_argument("--addons-path", help="folders of the addons, as for the server")
        parser.add_argument("--anchor", action="append", default=[], type=Path, help="a file or mail text with a head")
        parser.add_argument("--json", action="store_true", help="print the whole report as JSON")
        told = parser.parse_args(cmdargs)
        arguments = ["--no-http", "-d", told.database]
        arguments += ["-c", told.config] if told.config else []
        arguments += ["--addons-path", told.addons_path] if told.addons_path else []
        config.parse_config(arguments, setup_logging=True)
        logging.getLogger().setLevel(logging.ERROR)
        sys.exit(self._check(told))

    def _check(self, told):
        try:
            anchors = [anchor for path in told.anchor for anchor in self._anchors(path)]
        except (OSError, ValueError) as error:
            sys.stderr.write(f"The anchor can't be read: {error}\n")
            return 2
        with Registry(told.database).cursor() as cr:
            env = Environment(cr, _SUPERUSER, {})
            if "ai.audit.log" not in env:
                sys.stderr.write("AI Bookkeeper is not installed in this database.\n")
                return 2
            report = env["ai.audit.log"].verify_chain(anchors)
        sys.stdout.write(json.dumps(report, indent=1, default=str) + "\n" if told.json else self._text(report))
        return 0 if report["ok"] else 1

    def _anchors(self, path):
        found = json.loads(path.read_text())
        return found if isinstance(found, list) else [found]

    def _text(self, report):
        lines = [problem["text"] for problem in report["problems"]]
        rows = report["rows"]
        lines.append(
            f"{'WHOLE' if report['ok'] else 'BROKEN'}: {rows} rows, {report['seals']} seals, "
            f"{report['unsealed']} waiting, {report['anchors_confirmed']} of {report['anchors']} anchors agree "
            f"({report['anchors_told']} from outside), head {report['head']}, {report['seconds']} s"
        )
        return "\n".join(lines) + "\n"
