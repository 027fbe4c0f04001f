"""The SQL of the vendor facts: set-based, one query a subject, whatever the number of bills."""

from odoo.tools import SQL

#: Partners of whom bills may come: not the customers of a web shop.
_MAYBE = SQL(
    """(p.supplier_rank > 0 OR p.is_company OR p.vat IS NOT NULL OR c.supplier_rank > 0 OR c.is_company
        OR EXISTS (SELECT 1 FROM res_partner_bank b WHERE b.partner_id = p.id))"""
)


#: Nor the people who work with this database: what they forward carries their own addresses.
_NO_USER = SQL("NOT EXISTS (SELECT 1 FROM res_users u WHERE u.partner_id = c.id AND u.share IS NOT TRUE)")


def names(company_ids, own):
    """(commercial partner, name) of partners and contacts that companies ``company_ids`` share, archived ones too."""
    return SQL(
        """
        SELECT p.commercial_partner_id, p.name
          FROM res_partner p JOIN res_partner c ON c.id = p.commercial_partner_id
         WHERE p.name IS NOT NULL AND c.id <> %s AND (p.id = c.id OR p.is_company OR p.type = 'invoice')
           AND (c.company_id IS NULL OR c.company_id = ANY(%s)) AND %s AND %s
        """,
        own,
        list(company_ids),
        _MAYBE,
        _NO_USER,
    )


def by_numbers(company_ids, vats, registries, ibans, phones, domains):
    """(commercial partner,) of those with one of these numbers, however they are written."""
    return SQL(
        """
        SELECT DISTINCT c.id
          FROM res_partner p JOIN res_partner c ON c.id = p.commercial_partner_id
         WHERE (c.company_id IS NULL OR c.company_id = ANY(%(companies)s)) AND %(nobody)s
           AND (ltrim(regexp_replace(upper(p.vat), '^[A-Z]{2}E?|[^0-9A-Z]', '', 'g'), '0') = ANY(%(vats)s)
                OR ltrim(regexp_replace(upper(p.vat), '[^0-9A-Z]', '', 'g'), '0') = ANY(%(vats)s)
                OR regexp_replace(upper(p.company_registry), '[^0-9A-Z]', '', 'g') = ANY(%(registries)s)
                OR right(regexp_replace(p.phone, '[^0-9]', '', 'g'), 8) = ANY(%(phones)s)
                OR EXISTS (SELECT 1 FROM unnest(%(domains)s::text[]) AS d(domain)
                            WHERE right(lower(p.email), length(d.domain) + 1) IN ('@' || d.domain, '.' || d.domain)
                               OR position(d.domain IN lower(p.website)) > 0))
        UNION
        SELECT p.commercial_partner_id
          FROM res_partner_bank b JOIN res_partner p ON p.id = b.partner_id
          JOIN res_partner c ON c.id = p.commercial_partner_id
         WHERE b.sanitized_acc_number = ANY(%(ibans)s) AND b.active
           AND (c.company_id IS NULL OR c.company_id = ANY(%(companies)s)) AND %(nobody)s
        """,
        nobody=_NO_USER,
        companies=list(company_ids),
        vats=list(vats),
        registries=list(registries),
        ibans=list(ibans),
        phones=list(phones),
        domains=list(domains),
    )


def details(keys):
    """key, id, name, vat, ... of commercial partners and their contacts."""
    return SQL(
        """
        SELECT p.commercial_partner_id AS key, p.id, p.name, p.vat, p.company_registry, p.phone, p.email, p.website,
               p.street, p.zip, p.city, p.is_company, p.type, p.active, co.code AS country
          FROM res_partner p LEFT JOIN res_country co ON co.id = p.country_id
         WHERE p.commercial_partner_id = ANY(%s) AND (p.active OR p.id = p.commercial_partner_id)
         ORDER BY p.id
        """,
        list(keys),
    )


def accounts(keys):
    """(commercial partner, account number) of active bank accounts."""
    return SQL(
        """
        SELECT p.commercial_partner_id, b.sanitized_acc_number
          FROM res_partner_bank b JOIN res_partner p ON p.id = b.partner_id
         WHERE p.commercial_partner_id = ANY(%s) AND b.active AND b.sanitized_acc_number <> ''
        """,
        list(keys),
    )


def bills(company_id, keys):
    """(commercial partner, posted bills)"""
    return SQL(
        """
        SELECT commercial_partner_id, count(*) FROM account_move
         WHERE company_id = %s AND commercial_partner_id = ANY(%s) AND state = 'posted'
           AND move_type IN ('in_invoice', 'in_refund', 'in_receipt')
         GROUP BY commercial_partner_id
        """,
        company_id,
        list(keys),
    )


def known_as(company_id):
    """(commercial partner, name): as vendors were printed on documents whose suggestion a person accepted; an undone
    one teaches nothing any more."""
    return SQL(
        """
        SELECT DISTINCT p.commercial_partner_id, d.reading->'fields'->'vendor'->>'value'
          FROM ai_suggestion s
          JOIN account_move m ON m.id = s.res_id
          JOIN res_partner p ON p.id = m.partner_id
          JOIN ai_document d ON d.move_id = m.id
         WHERE s.company_id = %s AND s.res_model = 'account.move' AND s.kind = 'bill_document'
           AND s.state = 'applied' AND s.decision = 'person' AND d.reading->'fields'->'vendor' IS NOT NULL
        """,
        company_id,
    )
