"""What the demo's records are called, so that the screens read as a company's do."""

TAXES = {
    "sale0": "0% VAT",
    "sale15": "15% VAT",
    "sale21": "21% VAT",
    "sale21cash": "21% VAT on payment",
    "purchase0": "0% VAT",
    "purchase15": "15% VAT",
    "purchase21": "21% VAT",
    "purchase21cash": "21% VAT on payment",
}
TERMS = {
    "now": "Immediate payment",
    "days14": "14 days",
    "days30": "30 days",
    "days60": "60 days",
    "down30": "30% now, 70% in 45 days",
    "thirds": "Three monthly instalments",
    "discount_included": "2% within 10 days, 30 days net",
    "discount_excluded": "3% within 8 days, 30 days net (VAT unchanged)",
    "discount_mixed": "2% within 14 days, 30 days net (VAT always reduced)",
}
SALES = (
    "Calibration of measuring instruments",
    "Pressure gauge, stainless steel",
    "Maintenance contract",
    "Flow sensor with mounting set",
    "Temperature logger",
    "On-site service, hours",
    "Laboratory scale",
    "Spare parts",
    "Training for two persons",
    "Installation and start-up",
)
PURCHASES = (
    "Components",
    "Raw material",
    "Freight",
    "Packaging",
    "Machine hire",
    "Subcontracted work",
    "Workshop supplies",
    "Software subscription",
    "Electricity",
    "Office supplies",
)
TOWNS = {
    "BE": ("Gent", "Antwerpen", "Leuven", "Namur", "Liège", "Brugge"),
    "NL": ("Utrecht", "Eindhoven", "Breda"),
    "DE": ("Köln", "Aachen", "Stuttgart"),
    "FR": ("Lille", "Reims", "Lyon"),
    "GB": ("Leeds", "Bristol"),
    "IT": ("Torino", "Milano"),
    "ES": ("Valencia", "Bilbao"),
    "US": ("Boston", "Cleveland"),
}
#: Where the history's lines without a document went: the first word that stands in the text decides.
ACCOUNTS = (
    (("TANKSTELLE", "SNCF", "BISTRO"), "609010", "Travel and entertainment", "expense"),
    (("LOYER", "HUUR"), "609011", "Office rent", "expense"),
    (("MAINTENANCE FEE", "KONTOFUEHRUNG"), "609001", "Bank fees", "expense"),
    (("INTERET CREDITEUR",), "409010", "Interest received", "income_other"),
    (("LOAN",), "230001", "Bank loan", "liability_non_current"),
    (("SALARY", "LOHN"), "230010", "Wages payable", "liability_current"),
    (("VAT PAYMENT",), "230011", "VAT account with the tax office", "liability_current"),
    (("ONSS",), "230012", "Social security payable", "liability_current"),
    (("INSURANCE",), "609012", "Insurance", "expense"),
    (("MOBILE",), "609013", "Telephone", "expense"),
    (("CASH WITHDRAWAL",), "101701", "Petty cash", "asset_cash"),
    (("CARD TAKINGS",), "400001", "Shop sales", "income"),
    (("GRANT",), "409011", "Grants", "income_other"),
    (("AMZN",), "609014", "Small equipment", "expense"),
)
#: Accounts of the monthly costs.
COSTS = {
    "fuel": ("609020", "Fuel", "expense"),
    "telephone": ("609013", "Telephone", "expense"),
    "rent": ("609011", "Office rent", "expense"),
    "software": ("609021", "Software subscriptions", "expense"),
    "machinery": ("200010", "Machinery", "asset_fixed"),
    "loan": ("230001", "Bank loan", "liability_non_current"),
    "interest": ("609022", "Interest on loans", "expense"),
    "equipment": ("609014", "Small equipment", "expense"),
    "office": ("609023", "Office supplies", "expense"),
    "wages": ("230010", "Wages payable", "liability_current"),
    "wage_cost": ("609024", "Wages and salaries", "expense"),
    "fees": ("609001", "Bank fees", "expense"),
}
REVIEWER, COLLEAGUE, MANAGER = "Nora Claes", "Jonas Peeters", "Marc Vermeulen"
AUDITOR, DIRECTOR = "Ines Dubois", "Lotte Lindenhof"
