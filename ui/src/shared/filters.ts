import { z } from "zod";

/** What the cost questions can be narrowed by: OR inside one, AND across. */
export const FILTERS = [
  { key: "person", label: "Person" },
  { key: "team", label: "Team" },
  { key: "client", label: "Client" },
  { key: "provider", label: "Provider" },
  { key: "service", label: "Service" },
  { key: "category", label: "Category" },
  { key: "account", label: "Account" },
  { key: "region", label: "Region" },
  { key: "tag", label: "Tag" },
  { key: "owner", label: "Owner" },
  { key: "resource", label: "Resource" },
] as const;

export type FilterKey = (typeof FILTERS)[number]["key"];
export type Filters = Partial<Record<FilterKey, string[]>>;

const words = z
  .union([z.array(z.coerce.string()), z.coerce.string().transform((one) => [one])])
  .optional()
  .catch(undefined);

/** The part of an address that filters. */
export const filterShape = {
  person: words,
  team: words,
  client: words,
  provider: words,
  service: words,
  category: words,
  account: words,
  region: words,
  tag: words,
  owner: words,
  resource: words,
};

/** The filters in `search` and nothing else. */
export function pickFilters(search: Filters): Filters {
  const picked: Filters = {};
  for (const { key } of FILTERS) {
    const values = search[key];
    if (values !== undefined && values.length > 0) picked[key] = values;
  }
  return picked;
}

/** The filters with `value` of `key` added or, if it is there, left out. */
export function toggleFilter(filters: Filters, key: FilterKey, value: string): Filters {
  const values = filters[key] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return pickFilters({ ...filters, [key]: next });
}

/** What identifies a row of a cost table, and what people call it. */
export type RowName = { key: string; label: string };

/** The filter that narrows to one row of a cost table. */
export function filterOfRow(by: string, { key, label }: RowName): Filters {
  if (by === "person" || by === "team" || by === "client") {
    if (key === "unowned") return { owner: ["unowned"] };
    // A name is read more easily than a number; what a team owns itself stands among the people.
    return { [by]: [key.startsWith("team:") ? `team:${label.replace(/ \(team\)$/, "")}` : label] };
  }
  if (by.startsWith("tag:")) return { tag: [`${by.slice(4)}=${key}`] };
  const known = FILTERS.find((filter) => filter.key === by);
  return known === undefined ? {} : { [known.key]: [key] };
}

/** The filters narrowed to one row: other tags go on to hold, the rest of its own kind gives way. */
export function narrow(filters: Filters, by: string, row: RowName): Filters {
  const own = filterOfRow(by, row);
  if (own.tag === undefined) return { ...filters, ...own };
  const others = (filters.tag ?? []).filter((tag) => !tag.startsWith(`${by.slice(4)}=`));
  return { ...filters, tag: [...others, ...own.tag] };
}
