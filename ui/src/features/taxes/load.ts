import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { ExchangeRate, TaxRule, TaxTable, TaxTableDraft } from "../../host/wire";
import { asBody } from "../../shared/file-body";

export const taxTables = queryOptions({
  queryKey: ["tax tables"],
  queryFn: async () => data(await api.GET("/api/v1/tax-tables")).tables,
});

export async function saveTaxTable(country: string, body: TaxTableDraft): Promise<TaxTable> {
  return data(await api.PUT("/api/v1/tax-tables/{country}", { params: { path: { country } }, body }));
}

/** Forgets what a person entered: the rates that the program comes with count again. */
export async function resetTaxTable(country: string): Promise<void> {
  data(await api.DELETE("/api/v1/tax-tables/{country}", { params: { path: { country } } }));
}

/** Which lines are not taxed at the usual rate, in the order in which that is asked. */
export const taxRules = queryOptions({
  queryKey: ["tax rules"],
  queryFn: async () => data(await api.GET("/api/v1/tax-rules")).rules,
});

export async function saveTaxRules(rules: TaxRule[]): Promise<void> {
  data(await api.PUT("/api/v1/tax-rules", { body: { rules } }));
}

export const exchangeRates = queryOptions({
  queryKey: ["exchange rates"],
  queryFn: async () => data(await api.GET("/api/v1/exchange-rates")).rates,
});

export async function saveRate(body: ExchangeRate): Promise<void> {
  data(await api.POST("/api/v1/exchange-rates", { body }));
}

export async function deleteRate({ from, to, day, source }: ExchangeRate): Promise<void> {
  data(await api.DELETE("/api/v1/exchange-rates", { params: { query: { from, to, day, source } } }));
}

/** Takes in the European Central Bank's file of rates, as XML or CSV. */
export async function importRates(file: File) {
  return data(await api.POST("/api/v1/exchange-rates/import", asBody(file)));
}
