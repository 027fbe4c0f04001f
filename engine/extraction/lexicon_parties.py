"""Words beside who sells and buys, and beside his numbers and addresses."""

from __future__ import annotations

PARTIES: dict[str, dict[str, str]] = {
    "vat": {
        "en": """
            vat id | vat no | vat number | vat reg no | vat registration number | vat registration no | vat | tax id |
            tax number | gst no | gst reg no | gst id | gstin | abn | gst registration no | gst reg. no | ein | tin |
            vat/tin | gst/hst | gst number | tax registration number | trn | sst no | sst id | sales tax no | vat id
            no | vat reg | tax reg no | company vat | gst # | gst reg # | ust id | federal tax id | tax identification
            number | uen | gst reg no. | sst reg no
        """,
        "de": """
            ust-id | ust-idnr | ust-id-nr | ustid | umsatzsteuer-identifikationsnummer | ust idnr | umsatzsteuer-id |
            uid | uid-nr | uid nummer | ust-identnr | ust.-id.-nr | mwst-nr | mwst nr | ust-identifikationsnummer |
            umsatzsteuer-identnummer | ust-id nr | ust-id.-nr. | eg-identnr | umsatzsteuer id nr | ust id# | ustid# |
            ust id nummer | vat-id
        """,
        "fr": """
            tva intracommunautaire | n° tva | numéro de tva | n° de tva | tva | n° tva intracommunautaire | n° tva
            intra | tva intracom | n° de tva intracommunautaire | numéro tva | identifiant tva | num tva | tva
            intra-communautaire | n° intracommunautaire | n° id. tva | tva fr | tva n° | numéro de tva
            intracommunautaire | n° de tva intra communautaire | id tva
        """,
        "nl": """
            btw-nummer | btw nr | btw | btw-id | btw nummer | btw-nr | ondernemingsnummer | btw identificatienummer |
            btw-identificatienummer | btw id nr
        """,
        "es": """
            nif | cif | nif-iva | c.i.f. | n.i.f. | rfc | cuit | nif/cif | cif/nif | nit | ruc | rut | r.u.t. |
            n.i.f/c.i.f | identificación fiscal | r.f.c. | rfc emisor | c.u.i.t. | nif iva | dni/nif | vat es
        """,
        "pt": """
            nif | contribuinte | nipc | cnpj | nº contribuinte | contribuinte nº | cpf/cnpj | nif emitente | número de
            contribuinte | cnpj/cpf
        """,
        "it": """
            p.iva | partita iva | p. iva | p.i. | part. iva | p.iva/c.f. | c.f. e p.iva | partita iva e codice fiscale
            | piva | p.iva / cf | cod. fisc. e p.iva | c.f./p.iva | partita i.v.a. | codice fiscale e partita iva |
            identificativo fiscale ai fini iva
        """,
        "pl": "nip | vat ue | numer vat | nr vat | nip/vat ue",
        "cs": "dič | dic",
        "sk": "ič dph | dič | ič dph:",
        "sv": """
            momsregnr | momsregistreringsnummer | vat-nr | moms nr | momsreg.nr | momsreg nr | vat nr | momsnr |
            momsregistreringsnr
        """,
        "da": "cvr | cvr-nr | se-nr | cvr nr | cvr-nummer | moms nr | cvr/se-nr",
        "no": """
            org.nr | mva | orgnr | foretaksregisteret | organisasjonsnummer | org nr | org.nr. | foretaksnummer
        """,
        "fi": "alv-numero | y-tunnus | alv nro | alv-tunniste | vat-tunnus | alv-nro",
        "hu": "adószám | adószáma | közösségi adószám | eu adószám | adóazonosító",
        "ro": "cui | cif | c.i.f. | cod fiscal | cod tva | c.u.i. | cod de înregistrare fiscală",
        "hr": "oib | pdv id | pdv broj | pdv id broj",
        "sl": """
            id za ddv | davčna številka | id ddv | id. št. za ddv | identifikacijska številka za ddv | davčna št
        """,
        "sr": "pib | пиб",
        "tr": "vergi no | vkn | vergi numarası | vergi kimlik no | vkn/tckn",
        "el": "αφμ | α.φ.μ.",
        "bg": "ддс № | ин по ддс | еик | идентификационен номер по ддс | ин по зддс | ддс номер",
        "ru": "инн",
        "uk": "іпн | єдрпоу",
        "et": "kmkr | kmkr nr | käibemaksukohustuslase number | kmkr number",
        "lv": "pvn reģ. nr | pvn nr | pvn reģistrācijas numurs | pvn maksātāja nr",
        "lt": "pvm kodas | pvm mokėtojo kodas",
        "id": "npwp",
    },
    "registry": {
        "en": """
            company number | registration number | company registration | registered number | co. reg. no | reg no |
            registration no | company no | company reg no | cin | ubi | business number | company registration number
            | registered in england | registered in england no | co reg no | roc no | brn
        """,
        "de": """
            handelsregister | hrb | hra | registergericht | amtsgericht | fn | firmenbuch | firmenbuchnummer |
            handelsregisternummer | registernummer | steuernummer | steuer nr | st.-nr | st nr | steuer-nr |
            handelsreg
        """,
        "fr": """
            siret | siren | rcs | r.c.s. | ape | naf | n° siret | n° siren | code ape | siret n° | numéro siret
        """,
        "nl": """
            kvk | kvk-nummer | k.v.k. | handelsregister | kvk nr | kamer van koophandel | kvk nummer | kvk-nr | rpr
        """,
        "es": "registro mercantil | inscrita en | nire | ingresos brutos",
        "pt": "conservatória | matrícula | inscrição estadual | inscrição municipal | capital social",
        "it": "codice fiscale | rea | cod. fisc. | c.f. | registro imprese | r.e.a. | capitale sociale | n. rea",
        "pl": "regon | krs",
        "cs": "ič | ičo | spisová značka | ico",
        "sk": "ičo | ico",
        "sv": "org.nr | organisationsnummer | org nr | orgnr | org.nummer | org.-nr",
        "da": "cvr",
        "no": "foretaksregisteret",
        "fi": "y-tunnus | ly-tunnus",
        "hu": "cégjegyzékszám | cégjegyzék szám",
        "ro": "reg. com. | nr. reg. com. | j | registrul comerțului | nr ord reg com",
        "hr": "mbs | matični broj | mb",
        "sl": "matična številka | matična št",
        "sr": "matični broj | матични број",
        "tr": "mersis no | ticaret sicil no",
        "el": "γεμη | γ.ε.μη. | αρ. γεμη",
        "et": "registrikood | reg nr | reg. kood",
        "lv": "reģ. nr | reģistrācijas numurs | reģistrācijas nr",
        "lt": "įmonės kodas | im. kodas",
    },
    "iban": {
        "en": "iban | iban no | iban number | iban code | bank account (iban)",
        "de": "iban nr | iban nummer",
    },
    "bic": {
        "en": """
            bic | swift | bic/swift | swift code | swift/bic | swift-bic | bic code | swift bic | bic-code | code bic
        """,
    },
    "account": {
        "en": """
            account | bank account | account no | account number | bank details | a/c no | beneficiary | account
            holder | account name | sort code | payable to | pay to | cheque payable to
        """,
        "de": """
            kontonummer | konto | konto-nr | kto | kto-nr | bankverbindung | kontoinhaber | empfänger | blz |
            zahlungsempfänger | begünstigter
        """,
        "fr": "titulaire du compte | bénéficiaire | titulaire | domiciliation | coordonnées bancaires | rib",
        "nl": "rekening | rekeningnummer | ten name van | t.n.v. | bankrekening | bankgegevens | tnv",
        "es": "cuenta bancaria | titular | beneficiario | cuenta | nº de cuenta | titular de la cuenta | ccc",
        "pt": "conta | titular | beneficiário | nib",
        "it": """
            intestatario | beneficiario | banca | conto corrente | intestato a | coordinate bancarie | banca
            d'appoggio
        """,
        "pl": "konto | numer konta | nr konta | rachunek bankowy | bank | nr rachunku | numer rachunku",
        "cs": "číslo účtu | bankovní spojení | účet | č. účtu | banka",
        "sk": "číslo účtu | bankové spojenie | banka",
        "sv": "bankgiro | plusgiro | bg | pg | bankgironr",
        "da": "konto | kontonummer | reg. nr | bank",
        "no": "kontonummer | konto | kontonr | bankkonto",
        "fi": "tilinumero | tili | saaja | pankkitili",
        "hu": "bankszámlaszám | számlaszám bank | bankszámla | bank",
        "ro": "cont bancar | cont | banca",
        "hr": "žiro račun | račun primatelja | banka",
        "sl": "trr | transakcijski račun | banka",
        "tr": "hesap no | banka",
        "et": "arveldusarve | konto",
        "lv": "konta numurs | konts | banka",
        "lt": "atsiskaitomoji sąskaita | a/s | bankas",
    },
    "phone": {
        "en": """
            phone | tel | telephone | mobile | call us | ph | hotline | contact no | tel no | customer care | fon |
            phone no
        """,
        "de": "telefon | tel. | fon | mobil | rufnummer | tel.-nr | telefonnummer | handy",
        "fr": "téléphone | tél. | tél | portable | tel",
        "nl": "telefoon | telefoonnummer | mobiel",
        "es": "teléfono | tfno | tlf | móvil | telf | tels",
        "pt": "telefone | telemóvel | telef",
        "it": "telefono | cell | tel/fax",
        "pl": "telefon | tel. | kom",
        "cs": "telefon | mobil",
        "sv": "telefon | tfn",
        "da": "telefon | tlf",
        "no": "telefon | tlf",
        "fi": "puhelin | puh",
        "hu": "telefon | telefonszám",
        "tr": "telefon",
        "el": "τηλ | τηλέφωνο",
        "ru": "телефон | тел",
    },
    "fax": {
        "en": "fax | fax no | telefax | facsimile | faks | fax number",
        "fr": "télécopie",
        "de": "telefax",
    },
    "email": {
        "en": "email | e-mail | mail",
        "fr": "courriel | mél",
        "es": "correo electrónico | correo",
    },
    "buyer": {
        "en": """
            bill to | billed to | invoice to | invoiced to | sold to | customer | client | buyer | billing address |
            bill to address | invoice address | bill-to | customer name | customer details | consignee | buyer (bill
            to) | issued to | invoice recipient | for | attn | attention | customer address | guest name | billing
            details | billing information | charge to | prepared for | customer information
        """,
        "de": """
            rechnungsempfänger | rechnungsadresse | rechnungsanschrift | kunde | käufer | auftraggeber | empfänger |
            rechnung an | leistungsempfänger | an | firma | herrn | frau
        """,
        "fr": """
            facturé à | adresse de facturation | client | destinataire | adressé à | facturer à | acheteur | nom du
            client | à l'attention de | nom de l'abonné | adresse du client
        """,
        "nl": """
            factuuradres | klant | factuur aan | debiteur | afnemer | factureren aan | t.a.v. | gefactureerd aan |
            koper
        """,
        "es": """
            cliente | facturar a | datos del cliente | dirección de facturación | comprador | receptor | destinatario
            | facturado a | nombre o razón social | señor(es) | datos de facturación | nombre del cliente
        """,
        "pt": """
            cliente | faturar a | destinatário | tomador | adquirente | exmo(s) sr(s) | tomador do serviço | dados do
            cliente | exmos senhores
        """,
        "it": """
            cliente | spett.le | destinatario | intestatario fattura | cessionario | committente | fatturare a |
            spettabile | cessionario/committente | spett. le
        """,
        "ca": "client | dades del client",
        "pl": "nabywca | kupujący | odbiorca | klient | płatnik",
        "cs": "odběratel | zákazník | kupující | příjemce",
        "sk": "odberateľ | zákazník | kupujúci",
        "sv": "kund | fakturaadress | köpare | fakturamottagare | faktureras till",
        "da": "kunde | faktureres til | køber | faktureringsadresse",
        "no": "kunde | faktureres til | kjøper | fakturaadresse",
        "fi": "asiakas | ostaja | laskutusosoite | laskutettava | maksaja",
        "hu": "vevő | vásárló | vevő neve | a vevő | vevő adatai",
        "ro": "cumpărător | client | beneficiar",
        "hr": "kupac | primatelj | naručitelj",
        "sl": "kupec | naročnik | prejemnik",
        "sr": "kupac | купац | primalac",
        "tr": "alıcı | müşteri | sayın",
        "el": "πελάτης | αγοραστής | στοιχεία πελάτη",
        "bg": "получател | купувач | клиент",
        "ru": "покупатель | заказчик | плательщик",
        "uk": "покупець | замовник | платник",
        "et": "ostja | klient | maksja | tellija",
        "lv": "pircējs | klients | maksātājs | saņēmējs",
        "lt": "pirkėjas | klientas | mokėtojas",
        "id": "kepada | pelanggan | pembeli",
        "ms": "pelanggan | kepada",
    },
    "ship_to": {
        "en": """
            ship to | shipping address | deliver to | delivery address | shipped to | delivered to | delivery to |
            installation address | service address | site address
        """,
        "de": "lieferadresse | lieferanschrift | warenempfänger | lieferung an | versandadresse | leistungsort",
        "fr": """
            adresse de livraison | livré à | lieu de livraison | adresse de l'installation | livrer à | lieu de
            consommation
        """,
        "nl": "afleveradres | leveradres | verzendadres | bezorgadres",
        "es": "dirección de envío | enviar a | dirección de entrega | lugar de entrega | punto de suministro",
        "pt": "local de entrega | endereço de entrega | morada de entrega | local de descarga",
        "it": """
            destinazione | indirizzo di consegna | luogo di consegna | destinazione merce | destinazione diversa
        """,
        "pl": "adres dostawy | miejsce dostawy",
        "cs": "dodací adresa | místo dodání | adresa dodání | konečný příjemce",
        "sk": "dodacia adresa | miesto dodania",
        "sv": "leveransadress",
        "da": "leveringsadresse",
        "no": "leveringsadresse | leveranseadresse",
        "fi": "toimitusosoite",
        "hu": "szállítási cím",
        "ro": "adresa de livrare",
        "hr": "mjesto isporuke | adresa dostave",
        "sl": "naslov dostave | kraj dobave",
        "tr": "teslimat adresi",
    },
    "seller": {
        "en": """
            seller | sold by | vendor | supplier | from | bill from | service provider | merchant | issued by | remit
            to | invoice from | billed by | supplied by | company name | own by | owned by | operated by | managed by
            | provider | trading as | make payment to
        """,
        "de": """
            verkäufer | lieferant | rechnungssteller | leistungserbringer | rechnungsaussteller | absender | von |
            auftragnehmer | verkauft von | inh
        """,
        "fr": "vendeur | fournisseur | émetteur | prestataire | vendu par | émis par | de la part de",
        "nl": "verkoper | leverancier | afzender | verkocht door | van",
        "es": """
            vendedor | proveedor | emisor | emitida por | vendido por | datos del emisor | razón social | expedidor |
            nombre emisor
        """,
        "pt": "vendedor | fornecedor | emitente | prestador | prestador de serviços | prestador do serviço",
        "it": "fornitore | venditore | cedente | cedente/prestatore | mittente | emittente | prestatore",
        "ca": "emissor | proveïdor",
        "pl": "sprzedawca | sprzedający | wystawca | dostawca",
        "cs": "dodavatel | prodávající | prodejce",
        "sk": "dodávateľ | predávajúci",
        "sv": "säljare | leverantör | avsändare",
        "da": "sælger | leverandør | afsender",
        "no": "selger | leverandør | avsender",
        "fi": "myyjä | toimittaja | laskuttaja",
        "hu": "eladó | szállító | kibocsátó | számla kibocsátó | kiállító | számlakibocsátó",
        "ro": "furnizor | vânzător | prestator",
        "hr": "prodavatelj | dobavljač | izdavatelj",
        "sl": "prodajalec | dobavitelj | izdajatelj",
        "sr": "prodavac | dobavljač | продавац | испоручилац",
        "tr": "satıcı | tedarikçi",
        "el": "πωλητής | προμηθευτής | εκδότης | στοιχεία εκδότη",
        "bg": "доставчик | продавач | изпълнител",
        "ru": "продавец | поставщик | исполнитель",
        "uk": "продавець | постачальник | виконавець",
        "et": "müüja | tarnija | teenuse osutaja",
        "lv": "pārdevējs | piegādātājs | pakalpojuma sniedzējs",
        "lt": "pardavėjas | tiekėjas | paslaugos teikėjas",
        "id": "penjual",
    },
}
