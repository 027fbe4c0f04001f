"""E-invoices written for the tests."""

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:ID>F-77</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:DueDate>2026-04-01</cbc:DueDate>
 <cbc:{root}TypeCode>{code}</cbc:{root}TypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:InvoicePeriod><cbc:StartDate>2026-02-01</cbc:StartDate><cbc:EndDate>2026-02-28</cbc:EndDate></cac:InvoicePeriod>
 <cac:OrderReference><cbc:ID>PO-5</cbc:ID></cac:OrderReference>
 <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F-70</cbc:ID></cac:InvoiceDocumentReference>
  </cac:BillingReference>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PartyName><cbc:Name>Trade name</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:StreetName>Main street 1</cbc:StreetName><cbc:CityName>Gent</cbc:CityName>
   <cbc:PostalZone>9000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode>
  </cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>BE 0477.472.701</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>
  </cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Muster NV</cbc:RegistrationName>
  <cbc:CompanyID>0477472701</cbc:CompanyID></cac:PartyLegalEntity>
  <cac:Contact><cbc:Telephone>+32 9 1</cbc:Telephone><cbc:ElectronicMail>bill@muster.be</cbc:ElectronicMail>
  </cac:Contact>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party>
  <cac:PartyTaxScheme><cbc:CompanyID>DE123456788</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Buyer GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingCustomerParty>
 <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>+++123+++</cbc:PaymentID>
  <cac:PayeeFinancialAccount><cbc:ID>BE71 0961 2345 6769</cbc:ID>
   <cac:FinancialInstitutionBranch><cbc:ID>GKCCBEBB</cbc:ID></cac:FinancialInstitutionBranch>
  </cac:PayeeFinancialAccount></cac:PaymentMeans>
 <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>
  <cbc:AllowanceChargeReason>Loyalty</cbc:AllowanceChargeReason>
  <cbc:Amount currencyID="EUR">{sign}10.00</cbc:Amount><cac:TaxCategory><cbc:ID>S</cbc:ID>
  <cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{sign}18.90</cbc:TaxAmount>
  <cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{sign}90.00</cbc:TaxableAmount>
  <cbc:TaxAmount currencyID="EUR">{sign}18.90</cbc:TaxAmount>
   <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
 <cac:TaxTotal><cbc:TaxAmount currencyID="SEK">200.00</cbc:TaxAmount></cac:TaxTotal>
 <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{sign}100.00</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="EUR">{sign}90.00</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">{sign}108.90</cbc:TaxInclusiveAmount>
  <cbc:PrepaidAmount currencyID="EUR">{sign}8.90</cbc:PrepaidAmount>
  <cbc:PayableAmount currencyID="EUR">{sign}100.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
 <cac:{root}Line><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="C62">{sign}20</cbc:{quantity}>
  <cbc:LineExtensionAmount currencyID="EUR">{sign}100.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Description>Blue, A4</cbc:Description><cbc:Name>Folder</cbc:Name>
   <cac:SellersItemIdentification><cbc:ID>ART-1</cbc:ID></cac:SellersItemIdentification>
   <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">50.00</cbc:PriceAmount><cbc:BaseQuantity>10</cbc:BaseQuantity>
  </cac:Price></cac:{root}Line>
</{root}>"""


def ubl(root="Invoice", code="380", sign=""):
    quantity = {"Invoice": "InvoicedQuantity", "CreditNote": "CreditedQuantity"}[root]
    return UBL.format(root=root, code=code, sign=sign, quantity=quantity).encode()


FATTURAPA = """<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12">
 <FatturaElettronicaHeader>
  <CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567890</IdCodice>
  </IdFiscaleIVA>
    <Anagrafica><Nome>Maria</Nome><Cognome>Rossi</Cognome></Anagrafica></DatiAnagrafici>
   <Sede><Indirizzo>Via Roma</Indirizzo><NumeroCivico>1</NumeroCivico><CAP>00100</CAP><Comune>Roma</Comune>
  <Nazione>IT</Nazione></Sede></CedentePrestatore>
  <CessionarioCommittente><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>09876543210</IdCodice>
  </IdFiscaleIVA>
    <Anagrafica><Denominazione>Acquisti SRL</Denominazione></Anagrafica></DatiAnagrafici></CessionarioCommittente>
 </FatturaElettronicaHeader>
 <FatturaElettronicaBody>
  <DatiGenerali><DatiGeneraliDocumento><TipoDocumento>{kind}</TipoDocumento><Divisa>EUR</Divisa>
  <Data>2026-03-02</Data><Numero>12/A</Numero>
    <DatiRitenuta><ImportoRitenuta>200.00</ImportoRitenuta></DatiRitenuta>
    <DatiCassaPrevidenziale><TipoCassa>TC01</TipoCassa><ImportoContributoCassa>40.00</ImportoContributoCassa>
  <AliquotaIVA>22.00</AliquotaIVA></DatiCassaPrevidenziale>
    <ImportoTotaleDocumento>1268.80</ImportoTotaleDocumento></DatiGeneraliDocumento></DatiGenerali>
  <DatiBeniServizi>
   <DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Consulenza</Descrizione><Quantita>2.00</Quantita>
  <PrezzoUnitario>500.00</PrezzoUnitario>
    <PrezzoTotale>1000.00</PrezzoTotale><AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee>
   <DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>1040.00</ImponibileImporto>
  <Imposta>228.80</Imposta></DatiRiepilogo>
   <DatiRiepilogo><AliquotaIVA>0.00</AliquotaIVA><Natura>N6.9</Natura><ImponibileImporto>0.00</ImponibileImporto>
  <Imposta>0.00</Imposta></DatiRiepilogo>
  </DatiBeniServizi>
  <DatiPagamento><DettaglioPagamento><DataScadenzaPagamento>2026-04-30</DataScadenzaPagamento>
  <ImportoPagamento>1068.80</ImportoPagamento>
    <IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento>
 </FatturaElettronicaBody>
</p:FatturaElettronica>"""


def fatturapa(kind="TD01"):
    return FATTURAPA.format(kind=kind).encode()
