"""The words of bills that come as codes: what the engine and the vendors' facts say of them."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

BILL_REASONS = {
    # amounts
    "adds_up": _lt("Lines and taxes make the total"),
    "sum_differs": _lt("Lines and taxes make %(made)s, the document says %(total)s"),
    "summed": _lt("One line per tax rate: the items on the document do not add up"),
    "redated": _lt("Its own period is locked: it goes to %(date)s"),
    # taxes
    "no_tax_printed": _lt("The document shows no tax: none is claimed"),
    "untaxed": _lt("The document charges no tax"),
    "tax_unknown": _lt("There is no purchase tax of %(rate)s %%: the tax on the document is cost"),
    "foreign_tax": _lt("Foreign tax of %(rate)s %% is not claimed: it is cost"),
    "reverse_charge": _lt("Reverse charge: the tax is reported and deducted by the company itself"),
    "reverse_charge_unknown": _lt("The document says reverse charge, but no tax for it is known: choose one"),
    "position_applied": _lt("Taxes by the fiscal position %(position)s"),
    "no_position": _lt("The vendor is abroad and no fiscal position is known: no tax is booked"),
    "import_tax": _lt("Import tax by the customs document"),
    "import_base": _lt("The goods are on their vendor's bill: only the tax is owed here"),
    "withheld": _lt("%(amount)s is withheld from the vendor"),
    "withheld_unknown": _lt("%(amount)s is withheld, but no tax and no account for it is known"),
    "withheld_account": _lt("What is withheld stands on its account until it is paid to the tax office"),
    # accounts
    "bill_coded_before": _lt("%(count)s of %(total)s bill lines of this vendor since %(since)s went to %(account)s"),
    "bill_coded_last": _lt(
        "%(count)s of %(total)s bill lines of this vendor went to %(account)s, the last one on %(last)s"
    ),
    "bill_coded_often": _lt("%(count)s of %(total)s bill lines of this vendor went to %(account)s"),
    "bill_coded_alike": _lt("Bill lines like this one mostly went to %(account)s"),
    "bill_alike_words": _lt("Words like those of earlier bill lines: %(words)s"),
    "product_account": _lt("The account of the product"),
    "default_frequent": _lt("%(count)s of the vendor's last %(total)s bill lines went there"),
    "default_product": _lt("The account of the product"),
    "default_journal": _lt("The journal's own account: nobody has coded this vendor yet"),
    # what is missing
    "vendor_missing": _lt("The vendor was not found"),
    "date_missing": _lt("The date of the bill was not found"),
    "total_missing": _lt("The total was not found"),
    "lines_missing": _lt("A line has no account"),
    "no_bill": _lt("It is no bill"),
    # the vendor
    "vendor_several": _lt("Several vendors fit"),
    "vendor_near": _lt("A vendor much like it exists"),
    "vendor_archived": _lt("The vendor is archived"),
    "vendor_layout": _lt("The document looks like the vendor's earlier ones"),
    "vendor_registered_here": _lt("It charges under a VAT id of this country: %(value)s"),
    "vendor_new": _lt("A new vendor: %(value)s"),
    "vendor_vat": _lt("The VAT id %(value)s is the vendor's"),
    "vendor_iban": _lt("The bank account %(value)s is the vendor's"),
    "vendor_registry": _lt("The register number %(value)s is the vendor's"),
    "vendor_known_as": _lt("People booked bills of '%(value)s' with this vendor"),
    "vendor_name": _lt("The name is the vendor's"),
    "vendor_near_name": _lt("The name is nearly the vendor's"),
    "vendor_phone": _lt("The phone number %(value)s is the vendor's"),
    "vendor_domain": _lt("The domain %(value)s is the vendor's"),
    "vendor_address": _lt("The address is the vendor's"),
    "vendor_other_vat": _lt("Another VAT id than the vendor's: %(value)s"),
    "vendor_other_iban": _lt("Another bank account than the vendor's: %(value)s"),
    "vendor_other_registry": _lt("Another register number than the vendor's: %(value)s"),
    "vendor_other_name": _lt("Another name than the vendor's: %(value)s"),
    "vendor_other_country": _lt("Another country than the vendor's"),
}
