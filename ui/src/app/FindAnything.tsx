import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import {
  IconArrowsSplit,
  IconCloudDownload,
  IconFileImport,
  IconFileInvoice,
  IconSearch,
  IconServer2,
  IconTargetArrow,
  IconUser,
  IconUserPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, host } from "../host/client";
import { data } from "../host/problem";
import { budgets, nameScope } from "../shared/budgets";
import { nameMonth } from "../shared/days";
import { ring } from "../shared/door-bell";
import { formatMoney } from "../shared/money";
import { usePermissions } from "../shared/permissions";
import { people, teams } from "../shared/queries";
import { isOpen, LISTS, PLACES, SETTINGS } from "./places";

const SIZE = 17;

/** Ctrl-K: every page, budget, person, team, invoice, resource and action by its name. */
export function FindAnything() {
  const navigate = useNavigate();
  const [query, setQuery] = useState("");
  const [search] = useDebouncedValue(query.trim(), 200);
  const [opened, setOpened] = useState(false);
  const may = usePermissions();
  const persons = useQuery({ ...people, enabled: opened });
  const groups = useQuery({ ...teams, enabled: opened });
  const limits = useQuery({ ...budgets({ search, limit: 8 }), enabled: opened && search !== "" });
  const invoices = useQuery({
    queryKey: ["invoices", "find", search],
    queryFn: async () =>
      data(await api.GET("/api/v1/invoices", { params: { query: { search, per_page: 8 } } })).invoices,
    enabled: opened && search !== "" && may("read invoices"),
    retry: false,
  });
  const resources = useQuery({
    queryKey: ["resources", "find", search],
    queryFn: async () =>
      data(await api.GET("/api/v1/resources", { params: { query: { search, limit: 8 } } })).rows,
    enabled: opened && search.length >= 2,
    retry: false,
  });

  const actions: SpotlightActionGroupData[] = [
    {
      group: "Places",
      actions: [...PLACES, ...LISTS, ...SETTINGS]
        .filter((one) => isOpen(one, may))
        .map(({ to, label, icon: Icon, words }) => ({
          id: `place ${to}`,
          label,
          keywords: words,
          leftSection: <Icon size={SIZE} stroke={1.7} aria-hidden="true" />,
          onClick: () => navigate({ to }),
        })),
    },
    {
      group: "Actions",
      actions: [
        {
          id: "import",
          label: "Import a bill…",
          keywords: "file focus cur csv load",
          leftSection: <IconFileImport size={SIZE} aria-hidden="true" />,
          onClick: async () => {
            const picked = await host().pickFiles();
            if (picked.length > 0) ring({ open: "import", picked });
          },
        },
        {
          id: "sync",
          label: "Sync with AWS…",
          keywords: "cost explorer export refresh fetch",
          leftSection: <IconCloudDownload size={SIZE} aria-hidden="true" />,
          onClick: () => ring({ open: "sync" }),
        },
        {
          id: "person",
          label: "Add a person",
          keywords: "new owner people",
          leftSection: <IconUserPlus size={SIZE} aria-hidden="true" />,
          onClick: () => navigate({ to: "/people", search: { add: true } }),
        },
        {
          id: "budget",
          label: "Set a budget",
          keywords: "limit new threshold plan",
          leftSection: <IconTargetArrow size={SIZE} aria-hidden="true" />,
          onClick: () => navigate({ to: "/budgets", search: { add: true } }),
        },
        {
          id: "sharing",
          label: "Share a cost",
          keywords: "sharing split pot allocate spread",
          leftSection: <IconArrowsSplit size={SIZE} aria-hidden="true" />,
          onClick: () => navigate({ to: "/sharing", search: { add: true } }),
        },
        {
          id: "unowned",
          label: "Assign what nobody owns",
          keywords: "unowned resources owner",
          leftSection: <IconServer2 size={SIZE} aria-hidden="true" />,
          onClick: () => navigate({ to: "/resources", search: { owner: ["unowned"] } }),
        },
      ],
    },
    {
      group: "Budgets",
      actions: (search === "" ? [] : (limits.data?.budgets ?? [])).map((budget) => ({
        id: `budget ${budget.id}`,
        label: budget.name,
        description: nameScope(budget.scope),
        // What the search found stays, whatever it was found by.
        keywords: query,
        leftSection: <IconTargetArrow size={SIZE} aria-hidden="true" />,
        onClick: () => navigate({ to: "/budgets/$id", params: { id: String(budget.id) } }),
      })),
    },
    {
      group: "People",
      actions: (persons.data ?? []).map((person) => ({
        id: `person ${person.id}`,
        label: person.name,
        description: person.email ?? undefined,
        keywords: "person statement",
        leftSection: <IconUser size={SIZE} aria-hidden="true" />,
        onClick: () => navigate({ to: "/people/$id", params: { id: String(person.id) } }),
      })),
    },
    {
      group: "Teams",
      actions: (groups.data ?? []).map((team) => ({
        id: `team ${team.id}`,
        label: team.name,
        keywords: "team",
        leftSection: <IconUsersGroup size={SIZE} aria-hidden="true" />,
        onClick: () => navigate({ to: "/teams", search: { team: team.id } }),
      })),
    },
    {
      group: "Invoices",
      actions: (search === "" ? [] : (invoices.data ?? [])).map((invoice) => ({
        id: `invoice ${invoice.id}`,
        label: `${invoice.number ?? "Draft"} · ${invoice.for.label}`,
        description: `${nameMonth(invoice.period)} · ${formatMoney(invoice.total, invoice.currency)}`,
        // What the search found stays, whatever it was found by.
        keywords: query,
        leftSection: <IconFileInvoice size={SIZE} aria-hidden="true" />,
        onClick: () => navigate({ to: "/invoices/$id", params: { id: String(invoice.id) } }),
      })),
    },
    {
      group: "Resources",
      actions: (search.length < 2 ? [] : (resources.data ?? [])).map((resource) => ({
        id: `resource ${resource.resource}`,
        label: resource.name ?? resource.resource,
        description: `${resource.service} · ${resource.owner?.label ?? "Unowned"}`,
        // What the search found stays, whatever it was found by.
        keywords: query,
        leftSection: <IconServer2 size={SIZE} aria-hidden="true" />,
        onClick: () => navigate({ to: "/resources", search: { search: resource.resource } }),
      })),
    },
  ];

  return (
    <Spotlight
      actions={actions.filter((group) => group.actions.length > 0)}
      shortcut={["mod + K", "/"]}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setQuery("")}
      nothingFound="Nothing by that name"
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      limit={30}
      scrollable
      maxHeight={460}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden="true" />,
        placeholder: "Find a page, budget, person, team, invoice, resource or action",
        "aria-label": "Find anything",
      }}
    />
  );
}
