"""Field -> evidence -> (right, found), written by ``bin/bench extraction --write``."""

from __future__ import annotations

MEASURED: dict[str, dict[str, tuple[int, int]]] = {
    "buyer": {
        "buyer far": (33, 33),
        "buyer far ocr": (14, 15),
    },
    "currency": {
        "amount": (9, 9),
        "amount usual": (89, 89),
    },
    "customer_number": {
        "customer_number:below": (17, 17),
        "customer_number:left": (14, 14),
        "customer_number:same": (9, 9),
    },
    "date": {
        "date:above": (21, 21),
        "date:above open": (8, 8),
        "date:left": (19, 19),
        "date_weak:above": (9, 10),
        "date_weak:same": (8, 8),
    },
    "due_date": {
        "due_date:above": (23, 23),
        "due_date:above open": (8, 8),
        "due_date:same": (11, 11),
    },
    "net": {
        "adds ocr rate row": (25, 25),
        "adds rate row": (71, 71),
        "adds row": (8, 8),
    },
    "number": {
        "number:below": (39, 40),
        "number:below ocr": (13, 14),
        "number:left": (29, 29),
        "number:left ocr": (10, 12),
        "number:same": (15, 15),
    },
    "order_reference": {
        "ocr order_reference:below": (8, 9),
        "order_reference:below": (19, 23),
        "order_reference:left": (12, 12),
    },
    "tax": {
        "adds ocr rate row": (26, 26),
        "adds rate row": (73, 73),
    },
    "total": {
        "adds ocr rate row": (23, 23),
        "adds rate row": (70, 70),
        "adds row": (8, 8),
    },
    "vendor": {
        "addressed domain form repeated top": (9, 9),
        "domain form ocr repeated top": (14, 14),
        "domain form repeated top": (43, 43),
    },
    "vendor_city": {
        "": (79, 82),
        "ocr": (29, 31),
    },
    "vendor_country": {
        "computed": (117, 117),
    },
    "vendor_email": {
        "checked labelled": (95, 95),
        "checked labelled ocr": (17, 22),
        "checked labelled ocr several": (3, 11),
    },
    "vendor_iban": {
        "checked labelled": (72, 72),
        "checked labelled ocr": (17, 17),
    },
    "vendor_phone": {
        "checked labelled": (47, 49),
        "checked labelled ocr": (19, 19),
    },
    "vendor_street": {
        "": (67, 73),
        "ocr": (19, 30),
    },
    "vendor_vat": {
        "checked labelled": (68, 68),
        "checked labelled ocr": (19, 19),
    },
    "vendor_zip": {
        "": (82, 82),
        "ocr": (31, 31),
    },
}
