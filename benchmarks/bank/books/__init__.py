"""A generated year in an Odoo database: everything through the ORM, so that Odoo reckons the taxes.

Runs inside ``odoo shell`` (see ``templates``); the rest of the benchmark knows no Odoo.
"""
