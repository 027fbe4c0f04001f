"""Facts about vendors and about who may be the buyer: what bills are resolved against, in a handful of queries."""

from collections import defaultdict

from odoo import models

from ...engine.billing.buyer import OwnCompany
from ...engine.billing.told import domain_of, phone_key, values_of, vat_parts
from ...engine.billing.vendor import Vendor, near_names
from ...engine.text import squeeze
from . import vendor_queries as queries


class AiFactsVendor(models.AbstractModel):
    """Collects vendors and companies. Reads with SQL: the caller has checked the access to what it is about."""

    _name = "ai.facts.vendor"
    _description = "Vendor Facts"

    def _collect(self, company, readings):
        """:param company: in whose books the bills stand
        :param readings: ``Reading``, their JSON form, or mappings of fields to values
        :return: ``Vendor`` of all partners that may be behind one of them, archived ones too"""
        company.ensure_one()
        readings = [values_of(reading) for reading in readings]
        if not readings:
            return ()
        self.env.flush_all()
        companies = company.parent_ids.ids
        known_as = [row for row in self.env.execute_query(queries.known_as(company.id)) if all(row)]
        names = self.env.execute_query(queries.names(companies, company.partner_id.commercial_partner_id.id))
        keys = near_names(readings, [*names, *known_as])
        keys |= {row[0] for row in self.env.execute_query(queries.by_numbers(companies, **self._numbers(readings)))}
        keys.discard(company.partner_id.commercial_partner_id.id)
        return self._vendors(company, sorted(keys), known_as) if keys else ()

    def _numbers(self, readings):
        """What is searched by number: parts that survive other ways of writing it."""
        wanted = defaultdict(set)
        for told in readings:
            number = vat_parts(told.get("vendor_vat", ""))[1]
            registry = squeeze(told.get("vendor_registry", ""))
            wanted["vats"] |= {value.lstrip("0") for value in (number, registry) if len(value) >= 4}
            wanted["registries"] |= {value for value in (registry,) if len(value) >= 4}
            wanted["ibans"].add(squeeze(told.get("vendor_iban", "")))
            wanted["phones"].add(phone_key(told.get("vendor_phone", ""), told.get("vendor_country", ""))[-8:])
            wanted["domains"] |= {domain_of(told.get(name, "")) for name in ("vendor_email", "vendor_website")}
        return {name: sorted(wanted[name] - {""}) for name in ("vats", "registries", "ibans", "phones", "domains")}

    def _vendors(self, company, keys, known_as):
        accounts, printed = defaultdict(set), defaultdict(set)
        for key, number in self.env.execute_query(queries.accounts(keys)):
            accounts[key].add(number)
        for key, name in known_as:
            printed[key].add(name)
        bills = dict(self.env.execute_query(queries.bills(company.id, keys)))
        rows = defaultdict(list)
        for row in self.env.execute_query_dict(queries.details(keys)):
            rows[row["key"]].append(row)
        return tuple(
            self._vendor(key, rows[key], accounts[key], printed[key], bills.get(key, 0)) for key in keys if rows[key]
        )

    def _vendor(self, key, rows, accounts, known_as, bills):
        """A partner from its own row and those of its contacts. People who work there lend it no name."""
        own = next((row for row in rows if row["id"] == key), rows[0])
        named = [row for row in rows if row["id"] == key or row["is_company"] or row["type"] == "invoice"]
        return Vendor(
            key=key,
            names=_told(row["name"] for row in named),
            known_as=tuple(sorted(known_as)),
            vats=_told(row["vat"] for row in rows),
            ibans=tuple(sorted(accounts)),
            registries=_told(row["company_registry"] for row in rows),
            phones=_told(row["phone"] for row in rows),
            addresses=tuple(
                dict.fromkeys(
                    (row["street"] or "", row["zip"] or "", row["city"] or "") for row in rows if row["street"]
                )
            ),
            mails=_told(value for row in rows for value in (row["email"], row["website"])),
            country=own["country"] or "",
            bills=bills,
            is_active=own["active"],
        )

    # === BUYERS === #

    def _buyers(self, company):
        """``OwnCompany`` of every company of the database; us is ``company``, and what a branch is a branch of.

        sudo(): whether a bill is for a sister company must not depend on who looks; only its key leaves, and
        ``ai.finding`` names it to those who may see it.
        """
        company.ensure_one()
        ours = company.parent_ids
        return tuple(
            OwnCompany(
                key=other.id,
                names=_told((other.name, other.partner_id.name)),
                vats=_told((other.vat, other.company_registry)),
                country=other.country_id.code or "",
                is_us=other == company or other in ours and company.vat in (False, other.vat),
            )
            for other in self.env["res.company"].sudo().search([])
        )


def _told(values):
    return tuple(dict.fromkeys(value for value in values if value and value != "/"))
