import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";
import type { Matcher, Rule, RuleDraft, RulePreview } from "../../host/wire";
import { nameDay } from "../../shared/days";
import { type Filters, pickFilters } from "../../shared/filters";

export type ResourcesAsk = { month: string; search: string; filters: Filters };
export const PAGE = 500;

export const resources = (ask: ResourcesAsk) =>
  queryOptions({
    queryKey: ["resources", ask],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/resources", {
          params: {
            query: {
              month: ask.month,
              search: ask.search || undefined,
              limit: PAGE,
              ...pickFilters(ask.filters),
            },
          },
        }),
      ),
  });

export const rules = queryOptions({
  queryKey: ["rules"],
  queryFn: async () => data(await api.GET("/api/v1/rules")).rules,
});

export async function previewRule(draft: RuleDraft): Promise<RulePreview> {
  return data(await api.POST("/api/v1/rules/preview", { body: draft }));
}

export async function addRule(draft: RuleDraft) {
  return data(await api.POST("/api/v1/rules", { body: draft }));
}

/** One rule for each resource: a rule's conditions must all hold, and nothing is two resources. */
export async function addRules(drafts: RuleDraft[]) {
  const added = [];
  for (const draft of drafts) added.push(await addRule(draft));
  return added;
}

export async function moveRule(id: number, position: number) {
  return data(await api.PATCH("/api/v1/rules/{id}", { params: { path: { id } }, body: { position } }));
}

export async function deleteRule(id: number) {
  return data(await api.DELETE("/api/v1/rules/{id}", { params: { path: { id } } }));
}

/** The draft that makes a rule anew after it was deleted. */
export function draftOf(rule: Rule): RuleDraft {
  return {
    owner: `${rule.owner.kind}:${rule.owner.label}`,
    matchers: rule.matchers,
    from: rule.from,
    to: rule.to,
    note: rule.note,
    position: rule.position,
  };
}

/** What a matcher looks for, in words. */
export function nameMatcher(matcher: Matcher): string {
  switch (matcher.kind) {
    case "tag":
      return `tag ${matcher.key} = ${matcher.value}`;
    default:
      return `${matcher.kind} ${matcher.value}`;
  }
}

/** When a rule holds, in words. */
export function describeDays(from: string | null, to: string | null): string {
  if (from === null && to === null) return "Always";
  if (from === null) return `Until ${nameDay(to ?? "")}`;
  return to === null ? `Since ${nameDay(from)}` : `${nameDay(from)} – ${nameDay(to)}`;
}
