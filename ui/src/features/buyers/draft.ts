import { z } from "zod";
import type { Buyer, BuyerTerms } from "../../host/wire";
import { given, linesOf, partyFormOf, partyOf, partyShape } from "../../shared/party";

/** Treatments that a buyer may have whatever the table says, as EN 16931 knows them. */
export const TREATMENTS = [
  { value: "standard", label: "Standard rate" },
  { value: "reduced", label: "Reduced rate" },
  { value: "zero", label: "Zero rate" },
  { value: "exempt", label: "Exempt" },
  { value: "reverse_charge", label: "Reverse charge" },
  { value: "intra_community", label: "Intra-community supply" },
  { value: "export", label: "Export" },
  { value: "out_of_scope", label: "Out of scope" },
] as const;

/** What a mail with an invoice brings besides the PDF. */
export const ELECTRONIC = [
  { value: "factur_x", label: "Factur-X: the XML inside the PDF" },
  { value: "ubl", label: "XML, UBL 2.1" },
  { value: "cii", label: "XML, CII" },
] as const;

export const shape = z.object({
  of: z
    .string()
    .nullable()
    .refine((owner) => owner !== null, "Whose invoices go there?"),
  party: partyShape,
  emails: z.string(),
  purchaseOrder: z.string(),
  currency: z.string().regex(/^([A-Za-z]{3})?$/, "Such as EUR"),
  paymentDays: z.string().regex(/^\d{0,3}$/, "A number of days"),
  language: z.string().nullable(),
  electronic: z.string().nullable(),
  category: z.string().nullable(),
  reason: z.string(),
});

export type BuyerForm = z.input<typeof shape>;

export function formOf(buyer: Buyer | undefined): BuyerForm {
  const treatment = buyer?.tax ?? null;
  const days = buyer?.payment_days ?? null;
  return {
    of: buyer?.id ?? null,
    party: partyFormOf(buyer),
    emails: (buyer?.invoice_emails ?? []).join("\n"),
    purchaseOrder: buyer?.purchase_order ?? "",
    paymentDays: days === null ? "" : String(days),
    language: buyer?.language ?? null,
    electronic: buyer?.electronic ?? null,
    currency: buyer?.currency ?? "",
    category: treatment?.category ?? null,
    reason: treatment?.reason ?? "",
  };
}

/** The form as the program takes it; only of a form that was found right. */
export function termsOf(form: BuyerForm): BuyerTerms {
  const { name, address, post_code, city, region, country, tax_id, legal_id, email, phone, endpoint } =
    partyOf(form.party);
  const { category, reason } = form;
  return {
    name: given(name),
    address,
    post_code,
    city,
    region,
    country,
    tax_id,
    legal_id,
    email,
    phone,
    endpoint,
    invoice_emails: linesOf(form.emails),
    purchase_order: given(form.purchaseOrder),
    payment_days: form.paymentDays === "" ? null : Number(form.paymentDays),
    language: form.language,
    electronic: form.electronic,
    currency: given(form.currency.toUpperCase()),
    tax: category === null ? null : { category, reason: given(reason) },
  };
}
