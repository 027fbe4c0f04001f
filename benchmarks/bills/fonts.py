"""Fonts that come with Odoo, so that drawn documents look the same everywhere."""

from __future__ import annotations

from pathlib import Path

from ground.settings import ODOO_PATH

_GOOGLE = "odoo/addons/web/static/fonts/google"
_FILES = {
    "mono": ("Fira_Mono/Fira_Mono-Regular.ttf", "Fira_Mono/Fira_Mono-Bold.ttf"),
    "sans": ("Roboto/Roboto-Regular.ttf", "Roboto/Roboto-Bold.ttf"),
    "open": ("Open_Sans/Open_Sans-Regular.ttf", "Open_Sans/Open_Sans-Bold.ttf"),
    "wide": ("Montserrat/Montserrat-Regular.ttf", "Montserrat/Montserrat-Bold.ttf"),
}
NAMES = tuple(_FILES)


def path(name: str, is_bold: bool = False) -> str:
    """:raise FileNotFoundError: this Odoo comes without its fonts"""
    found = Path(ODOO_PATH) / _GOOGLE / _FILES[name][is_bold]
    if not found.exists():
        raise FileNotFoundError(found)
    return str(found)
