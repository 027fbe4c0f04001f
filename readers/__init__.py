"""The reading cellar: bytes in, values out; no Odoo, no database, no network."""
