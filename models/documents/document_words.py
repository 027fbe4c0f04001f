"""Why a document can't be read, and what to do about it, in plain words."""


def error_text(env, code, values):
    """A sentence for an error's code, in the user's language; empty without a code.

    :param str code: of ``readers.document.DocumentError``, or one of this addon's models
    :param dict values: what the sentence names
    """
    if not code:
        return False
    found = _file_texts(env).get(code) or _server_texts(env).get(code)
    found = found or env._("The file can't be read (%(code)s). It is kept as it came: enter the bill by hand.")
    return found % {"code": code, **_FILLED, **values}


_FILLED = {"limit": "", "pages": "", "names": ""}


def _file_texts(env):
    """What is wrong with the file."""
    return {
        "empty": env._("The file is empty. Ask the sender for it again."),
        "unknown": env._(
            "This is neither a PDF, a picture nor an e-invoice. The file is kept: enter the bill by hand, or ask for "
            "a PDF."
        ),
        "encrypted": env._(
            "The file is protected by a password. It is kept as it came: open it with the password, save it without, "
            "and upload that; or enter the bill by hand."
        ),
        "too_many_pages": env._(
            "The file has %(pages)s pages, more than %(limit)s. It is kept: upload the pages of the bill alone, or "
            "enter it by hand."
        ),
        "too_large": env._(
            "The file or a picture in it is too large to be read. It is kept: upload a smaller copy, or enter the "
            "bill by hand."
        ),
        "too_slow": env._(
            "Reading took too long and was stopped. The file is kept: upload a simpler copy, or enter the bill by hand."
        ),
        "damaged": env._("The file is damaged. It is kept as it came: ask the sender for it again."),
        "xml": env._("The e-invoice can't be read. It is kept: ask the sender for a valid one, or for a PDF."),
        "unsafe": env._(
            "The file contains what no bill contains, and was not opened. It is kept: ask the sender for a PDF."
        ),
        "parcel": env._(
            "Nothing in it can be read as a document: %(names)s. It is kept as it came: ask the sender for a PDF, or "
            "enter the bill by hand."
        ),
        "no_invoice": env._(
            "This XML is no e-invoice that is known here (UBL, CII, FatturaPA). It is kept: ask the sender for a PDF, "
            "or enter the bill by hand."
        ),
        "no_words": env._("Nothing can be read in the picture. Take it again in better light, or enter it by hand."),
    }


def _server_texts(env):
    """What is wrong on the server."""
    return {
        "no_ocr": env._(
            "Scans and photos can't be read here: the server lacks Tesseract. Ask your administrator to install it "
            "(Settings, Bookkeeping, Reading documents), then choose Read Again; or enter the bill by hand."
        ),
        "no_pdf": env._(
            "PDF files can't be read here: the server lacks a library. Ask your administrator to install it "
            "(Settings, Bookkeeping, Reading documents), then choose Read Again; or enter the bill by hand."
        ),
        "no_pictures": env._(
            "This kind of picture can't be read here: the server lacks a library. Ask your administrator to install "
            "it (Settings, Bookkeeping, Reading documents), then choose Read Again; or enter the bill by hand."
        ),
        "no_heic": env._(
            "Photos of this kind (HEIC) can't be read here: the server lacks a library. Ask your administrator to "
            "install it (Settings, Bookkeeping, Reading documents), then choose Read Again; or upload a JPEG."
        ),
        "no_xml": env._(
            "E-invoices can't be read here: the server lacks a library. Ask your administrator to install it "
            "(Settings, Bookkeeping, Reading documents), then choose Read Again; or enter the bill by hand."
        ),
        "crashed": env._(
            "The program that reads documents broke off on this file. It is kept: upload another copy, or enter the "
            "bill by hand."
        ),
        "changed": env._(
            "The kept file is not the one that came in: its SHA-256 differs, or it is missing. Ask your administrator "
            "to restore the file store, then choose Read Again."
        ),
        "lost": env._(
            "The server stopped several times while it read this file. It is kept: ask your administrator to look at "
            "the log, then choose Read Again; or enter the bill by hand."
        ),
        "unexpected": env._(
            "Something unexpected went wrong; the server's log says what. The file is kept: choose Read Again, or "
            "enter the bill by hand."
        ),
        "not_proposed": env._(
            "It was read, but no bill could be made of it; the server's log says why. Choose Read Again, or enter the "
            "bill by hand."
        ),
        "cancelled": env._("Reading was cancelled. Choose Read Again, or enter the bill by hand."),
    }
