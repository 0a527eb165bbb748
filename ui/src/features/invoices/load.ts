import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Invoice, InvoiceBrief, InvoiceChange, Job, PaymentDraft } from "../../host/wire";
import { asBody } from "../../shared/file-body";
import { learn } from "../../shared/jobs";
import { addressOf, saveAnswer, shortName } from "../../shared/saving";
import type { View } from "./search";
import { statesOf } from "./states";

const at = (id: number) => ({ params: { path: { id } } });

/** How many are shown at a time. */
export const PAGE_SIZE = 200;

export type InvoicesAsk = {
  month: string | undefined;
  view?: View | undefined;
  search?: string | undefined;
  page?: number | undefined;
};

/** A month's invoices, or what is not paid in time of all months; and how many there are in each state. */
export const invoices = ({ month, view, search, page = 1 }: InvoicesAsk) =>
  queryOptions({
    queryKey: ["invoices", { month, view, search, page }],
    queryFn: async () => {
      const which =
        view === "overdue" ? { overdue: true } : { month, state: view === undefined ? [] : statesOf(view) };
      const query = { ...which, search, page, per_page: PAGE_SIZE };
      return data(await api.GET("/api/v1/invoices", { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

export const invoice = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id],
    queryFn: async () => data(await api.GET("/api/v1/invoices/{id}", at(id))),
  });

/** The document itself. */
export const paper = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id, "paper"],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/invoices/{id}/pdf", { ...at(id), parseAs: "arrayBuffer" }),
      ) as unknown as ArrayBuffer,
    structuralSharing: false,
    gcTime: 60_000,
    retry: false,
  });

/** Whose invoices stand beside those of the month before. */
export type Whose = "people" | "teams" | "clients";

/** A month beside the one before, with what stands out. */
export const comparison = (month: string, whose: Whose = "people") =>
  queryOptions({
    queryKey: ["invoices", "comparison", month, whose],
    queryFn: async () =>
      data(await api.GET("/api/v1/invoices/comparison", { params: { query: { month, for: whose } } })),
    retry: false,
  });

/** Invoices of a month that were billed before their data changed. */
export const restatements = (month: string) =>
  queryOptions({
    queryKey: ["restatements", month],
    queryFn: async () =>
      data(await api.GET("/api/v1/invoices/restatements", { params: { query: { month } } })).restatements,
    retry: false,
  });

export const account = (owner: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["account", owner, from, to],
    queryFn: async () =>
      data(await api.GET("/api/v1/invoices/statement", { params: { query: { for: owner, from, to } } })),
  });

/** Saves the statement as a document. */
export async function saveAccount(owner: string, name: string, from: string, to: string) {
  const address = addressOf("/invoices/statement", { for: owner, from, to, format: "pdf" });
  return saveAnswer(address, `${shortName(`account ${from} to ${to} ${name}`)}.pdf`);
}

/** Drafts once more for the recipient of a draft that is gone. */
export async function draftFor({ period, for: { kind, id } }: Invoice) {
  return data(await api.POST("/api/v1/invoices/drafts", { body: { month: period, for: { kind, id } } }));
}

export async function approve(id: number): Promise<Invoice> {
  return data(await api.POST("/api/v1/invoices/{id}/approve", at(id)));
}

export async function withdraw(id: number): Promise<Invoice> {
  return data(await api.POST("/api/v1/invoices/{id}/withdraw", at(id)));
}

export async function issue(id: number): Promise<Invoice> {
  return data(await api.POST("/api/v1/invoices/{id}/issue", at(id)));
}

export async function change(id: number, body: InvoiceChange): Promise<Invoice> {
  return data(await api.PUT("/api/v1/invoices/{id}", { ...at(id), body }));
}

export async function deleteDraft(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/invoices/{id}", at(id)));
}

export type CreditedLine = { n: number; amount: string | null };

/** Drafts a credit note of the whole invoice, or of some of its lines. */
export async function credit(id: number, reason: string, lines: CreditedLine[] | null): Promise<Invoice> {
  return data(
    await api.POST("/api/v1/invoices/{id}/credit", {
      ...at(id),
      body: { reason, lines, from_restatement: false },
    }),
  );
}

/** Drafts a credit note over what a restated month no longer has. */
export async function creditRestatement(id: number, reason: string): Promise<Invoice> {
  return data(
    await api.POST("/api/v1/invoices/{id}/credit", {
      ...at(id),
      body: { reason, lines: null, from_restatement: true },
    }),
  );
}

export async function replace(id: number, reason: string): Promise<Invoice> {
  return data(await api.POST("/api/v1/invoices/{id}/replace", { ...at(id), body: { reason } }));
}

export async function pay(id: number, body: PaymentDraft): Promise<Invoice> {
  return data(await api.POST("/api/v1/invoices/{id}/payments", { ...at(id), body }));
}

export async function removePayment(id: number, n: number, reason: string): Promise<Invoice> {
  return data(
    await api.DELETE("/api/v1/invoices/{id}/payments/{n}", { params: { path: { id, n } }, body: { reason } }),
  );
}

export async function attach(id: number, file: File): Promise<void> {
  data(
    await api.POST("/api/v1/invoices/{id}/attachments", {
      params: { path: { id }, query: { name: file.name } },
      ...asBody(file),
    }),
  );
}

export async function removeAttachment(id: number, n: number): Promise<void> {
  data(await api.DELETE("/api/v1/invoices/{id}/attachments/{n}", { params: { path: { id, n } } }));
}

export async function saveAttachment(id: number, n: number, name: string): Promise<string | null> {
  return saveAnswer(addressOf(`/invoices/${id}/attachments/${n}`), name);
}

/** Begins to prove everything that was issued; it goes on when the page is left. */
export async function startProof(): Promise<Job> {
  const job = data(await api.POST("/api/v1/invoices/verify"));
  learn(job);
  return job;
}

/** The name a person would give the file. */
export function fileName(
  invoice: Pick<Invoice, "number" | "period"> & { for: { label: string } },
  ending = "pdf",
): string {
  return `${shortName(`${invoice.number ?? "draft"} ${invoice.for.label} ${invoice.period}`)}.${ending}`;
}

/** How a document leaves: on paper, for a machine, or both in one file. */
const FORMS = {
  pdf: { part: "pdf", query: {}, ending: "pdf" },
  hybrid: { part: "pdf", query: { hybrid: true }, ending: "factur-x.pdf" },
  ubl: { part: "xml", query: { syntax: "ubl" }, ending: "ubl.xml" },
  cii: { part: "xml", query: { syntax: "cii" }, ending: "cii.xml" },
} as const;
export type Form = keyof typeof FORMS;

/** Fetches the document in this form and saves it where the person says. */
export async function saveAs(of: Invoice, form: Form): Promise<string | null> {
  const { part, query, ending } = FORMS[form];
  return saveAnswer(addressOf(`/invoices/${of.id}/${part}`, query), fileName(of, ending));
}

/** The ways an invoice can go on from here; the program says which this person has. */
export type Action =
  | "approve"
  | "withdraw"
  | "issue"
  | "credit"
  | "replace"
  | "pay"
  | "send"
  | "change"
  | "discard";

export function may(invoice: Pick<InvoiceBrief, "actions">, action: Action): boolean {
  return invoice.actions.includes(action);
}
