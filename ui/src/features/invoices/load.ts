import { queryOptions } from "@tanstack/react-query";
import { api, host } from "../../host/client";
import { data } from "../../host/problem";
import type { Invoice, InvoiceLine } from "../../host/wire";

export const invoices = (month: string) =>
  queryOptions({
    queryKey: ["invoices", month],
    queryFn: async () =>
      data(await api.GET("/api/v1/invoices", { params: { query: { month } } })).invoices.toSorted(
        (left, right) => left.for.label.localeCompare(right.for.label),
      ),
  });

export const invoice = (id: number) =>
  queryOptions({
    queryKey: ["invoice", id],
    queryFn: async () => data(await api.GET("/api/v1/invoices/{id}", { params: { path: { id } } })),
  });

export async function draftMonth(month: string) {
  return data(await api.POST("/api/v1/invoices/drafts", { body: { month } }));
}

export async function issue(id: number): Promise<Invoice> {
  return data(await api.POST("/api/v1/invoices/{id}/issue", { params: { path: { id } } }));
}

/** Issues one after the other, so that the numbers follow the order on the screen. */
export async function issueAll(ids: number[]): Promise<Invoice[]> {
  const issued: Invoice[] = [];
  for (const id of ids) issued.push(await issue(id));
  return issued;
}

export async function deleteDraft(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/invoices/{id}", { params: { path: { id } } }));
}

/** The name a person would give the file. */
export function fileName(invoice: Pick<Invoice, "number" | "period" | "for">): string {
  const name = `${invoice.number ?? "draft"} ${invoice.for.label} ${invoice.period}`;
  return `${name.replace(/[^\p{L}\p{N} ._-]+/gu, "-").trim()}.pdf`;
}

/** Fetches the PDF and saves it where the person says. */
export async function savePdf(of: Invoice): Promise<string | null> {
  const pdf = data(
    await api.GET("/api/v1/invoices/{id}/pdf", { params: { path: { id: of.id } }, parseAs: "blob" }),
  ) as unknown as Blob;
  return host().save(fileName(of), pdf);
}

/** The lines under their services, in the order they come. */
export function byService(lines: InvoiceLine[]): { service: string; lines: InvoiceLine[] }[] {
  const groups: { service: string; lines: InvoiceLine[] }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.service === line.service) last.lines.push(line);
    else groups.push({ service: line.service, lines: [line] });
  }
  return groups;
}
