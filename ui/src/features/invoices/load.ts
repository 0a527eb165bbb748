import { queryOptions } from "@tanstack/react-query";
import { api, host } from "../../host/client";
import { data } from "../../host/problem";
import type {
  Invoice,
  InvoiceBrief,
  InvoiceChange,
  InvoiceVerification,
  PaymentDraft,
} from "../../host/wire";
import { asBody } from "../../shared/file-body";
import type { View } from "./search";
import { nameDocument, viewOf } from "./states";

export const invoices = (month: string) =>
  queryOptions({
    queryKey: ["invoices", month],
    queryFn: async () =>
      data(await api.GET("/api/v1/invoices", { params: { query: { month } } })).invoices.toSorted(
        (left, right) => left.for.label.localeCompare(right.for.label),
      ),
  });

/** What is not paid in time, of all months. */
export const overdue = queryOptions({
  queryKey: ["invoices", "overdue"],
  queryFn: async () => data(await api.GET("/api/v1/invoices/overdue")).invoices,
});

export const invoice = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id],
    queryFn: async () => data(await api.GET("/api/v1/invoices/{id}", { params: { path: { id } } })),
  });

/** The document itself. */
export const paper = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id, "paper"],
    queryFn: async () => await paperOf(id, {}).then((blob) => blob.arrayBuffer()),
    structuralSharing: false,
    gcTime: 60_000,
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

export async function draftMonth(month: string) {
  return data(await api.POST("/api/v1/invoices/drafts", { body: { month } }));
}

/** Drafts once more for the recipient of a draft that is gone. */
export async function draftFor({ period, for: { kind, id } }: Invoice) {
  return data(await api.POST("/api/v1/invoices/drafts", { body: { month: period, for: { kind, id } } }));
}

const at = (id: number) => ({ params: { path: { id } } });

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
  const file = data(
    await api.GET("/api/v1/invoices/{id}/attachments/{n}", {
      params: { path: { id, n } },
      parseAs: "blob",
    }),
  ) as unknown as Blob;
  return host().save(name, file);
}

export async function verifyInvoices(): Promise<InvoiceVerification> {
  return data(await api.POST("/api/v1/invoices/verify"));
}

/** The name a person would give the file. */
export function fileName(
  invoice: Pick<Invoice, "number" | "period"> & { for: { label: string } },
  ending = "pdf",
): string {
  const name = `${invoice.number ?? "draft"} ${invoice.for.label} ${invoice.period}`;
  // A name of 300 characters is a name; a file's must stay below 255 bytes.
  const short = [...name.replace(/[^\p{L}\p{N} ._-]+/gu, "-").trim()].slice(0, 60).join("").trim();
  return `${short}.${ending}`;
}

async function paperOf(id: number, query: { hybrid?: boolean }): Promise<Blob> {
  return data(
    await api.GET("/api/v1/invoices/{id}/pdf", {
      params: { path: { id }, query },
      parseAs: "blob",
    }),
  ) as unknown as Blob;
}

/** How a document leaves: on paper, for a machine, or both in one file. */
export type Form = "pdf" | "hybrid" | "ubl" | "cii";

/** Fetches the document in this form and saves it where the person says. */
export async function saveAs(of: Invoice, form: Form): Promise<string | null> {
  if (form === "pdf" || form === "hybrid") {
    const pdf = await paperOf(of.id, form === "hybrid" ? { hybrid: true } : {});
    return host().save(fileName(of, form === "hybrid" ? "factur-x.pdf" : "pdf"), pdf);
  }
  const xml = data(
    await api.GET("/api/v1/invoices/{id}/xml", {
      params: { path: { id: of.id }, query: { syntax: form } },
      parseAs: "blob",
    }),
  ) as unknown as Blob;
  return host().save(fileName(of, `${form}.xml`), xml);
}

/** Those of a month that a view shows, found by name or number. */
export function chosen(
  all: InvoiceBrief[],
  view: View | undefined,
  search: string | undefined,
): InvoiceBrief[] {
  const sought = search?.toLowerCase();
  return all.filter(
    (one) =>
      (view === undefined || viewOf(one.state) === view) &&
      (sought === undefined || `${one.for.label} ${one.number ?? ""}`.toLowerCase().includes(sought)),
  );
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

export type Refused = { name: string; fault: unknown };

/** How far a batch has come. */
export type Progress = { done: number; refused: Refused[] };

/**
 * Does the same to one after the other, so that numbers follow the order on the screen; goes on past a
 * refusal, and no further once `stopped` says so.
 */
export async function inTurn(
  batch: InvoiceBrief[],
  act: (id: number) => Promise<unknown>,
  tell: (progress: Progress) => void,
  stopped: () => boolean,
): Promise<Progress> {
  let progress: Progress = { done: 0, refused: [] };
  for (const one of batch) {
    if (stopped()) break;
    try {
      await act(one.id);
      progress = { ...progress, done: progress.done + 1 };
    } catch (fault) {
      progress = { ...progress, refused: [...progress.refused, { name: nameDocument(one), fault }] };
    }
    tell(progress);
  }
  return progress;
}
