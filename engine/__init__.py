"""The computing cellar: frozen values in, frozen values out; no Odoo, file, clock or log."""
