import { z } from "zod";
import type { Party } from "../host/wire";

/** Who bills or who is billed, as a person fills it in. */
export const partyShape = z
  .object({
    name: z.string().trim().max(300, "At most 300 characters"),
    address: z.string(),
    postCode: z.string(),
    city: z.string(),
    region: z.string(),
    country: z.string().nullable(),
    taxId: z.string(),
    legalId: z.string(),
    email: z.union([z.literal(""), z.email("This is no mail address")]),
    phone: z.string(),
    iban: z.string(),
    bic: z.string(),
    bank: z.string(),
    endpointScheme: z.string(),
    endpointId: z.string(),
  })
  .superRefine((form, told) => {
    if ((form.endpointScheme.trim() === "") !== (form.endpointId.trim() === ""))
      told.addIssue({ code: "custom", path: ["endpointId"], message: "Both scheme and address, or none" });
  });

export type PartyForm = z.infer<typeof partyShape>;

/** One side of an invoice as it is kept; whoever pays has no account here and may have no name of its own. */
type Kept = Omit<Party, "name" | "address" | "iban" | "bic" | "bank"> &
  Partial<Pick<Party, "address" | "iban" | "bic" | "bank">> & { name: string | null };

export function partyFormOf(party: Kept | undefined): PartyForm {
  return {
    name: party?.name ?? "",
    address: (party?.address ?? []).join("\n"),
    postCode: party?.post_code ?? "",
    city: party?.city ?? "",
    region: party?.region ?? "",
    country: party?.country ?? null,
    taxId: party?.tax_id ?? "",
    legalId: party?.legal_id ?? "",
    email: party?.email ?? "",
    phone: party?.phone ?? "",
    iban: party?.iban ?? "",
    bic: party?.bic ?? "",
    bank: party?.bank ?? "",
    endpointScheme: party?.endpoint?.scheme ?? "",
    endpointId: party?.endpoint?.id ?? "",
  };
}

/** What was typed, or nothing. */
export function given(text: string): string | null {
  return text.trim() || null;
}

/** The lines of a text that have anything in them. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The form as the program takes it. */
export function partyOf(form: PartyForm): Party {
  return {
    name: form.name.trim(),
    address: linesOf(form.address),
    post_code: given(form.postCode),
    city: given(form.city),
    region: given(form.region),
    country: form.country,
    tax_id: given(form.taxId),
    legal_id: given(form.legalId),
    email: given(form.email),
    phone: given(form.phone),
    iban: given(form.iban),
    bic: given(form.bic),
    bank: given(form.bank),
    endpoint:
      form.endpointId.trim() === ""
        ? null
        : { scheme: form.endpointScheme.trim(), id: form.endpointId.trim() },
  };
}
