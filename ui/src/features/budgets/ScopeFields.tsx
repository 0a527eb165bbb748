import { Autocomplete, Group, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { nameScopeKind } from "../../shared/budgets";
import { clients, people, teams, tenants, values } from "../../shared/queries";
import type { BudgetForm } from "./draft";

const KINDS = ["all", "person", "team", "client", "tenant", "tag", "service"] as const;

function useOwners(kind: BudgetForm["kind"]): { id: number; name: string }[] {
  const persons = useQuery({ ...people, enabled: kind === "person" });
  const groups = useQuery({ ...teams, enabled: kind === "team" });
  const customers = useQuery({ ...clients, enabled: kind === "client" });
  const guests = useQuery({ ...tenants, enabled: kind === "tenant" });
  if (kind === "person") return (persons.data ?? []).filter((person) => !person.archived);
  if (kind === "team") return (groups.data ?? []).filter((team) => !team.archived);
  if (kind === "client") return customers.data ?? [];
  return kind === "tenant" ? (guests.data ?? []) : [];
}

/** Which costs the budget is about. */
export function ScopeFields({ form }: { form: UseFormReturnType<BudgetForm> }) {
  const { kind, tagKey, value } = form.getValues();
  const owners = useOwners(kind);
  const [searched] = useDebouncedValue(value, 150);
  const tags = useQuery({ ...values("tag-key", ""), enabled: kind === "tag" });
  const found = useQuery({
    ...values(kind === "tag" ? "tag-value" : "service", searched, kind === "tag" ? tagKey : undefined),
    enabled: kind === "service" || (kind === "tag" && tagKey !== ""),
  });
  const owned = ["person", "team", "client", "tenant"].includes(kind);
  return (
    <Group grow align="flex-start" gap="sm">
      <Select
        label="For"
        data={KINDS.map((one) => ({ value: one, label: nameScopeKind(one) }))}
        {...form.getInputProps("kind")}
        onChange={(next) => {
          if (next === null) return;
          form.setFieldValue("kind", next as BudgetForm["kind"]);
          form.setFieldValue("owner", null);
          form.setFieldValue("value", "");
        }}
      />
      {owned && (
        <Select
          label={nameScopeKind(kind)}
          placeholder="Choose"
          searchable
          data={owners.map((owner) => ({ value: String(owner.id), label: owner.name }))}
          nothingFoundMessage="Nobody by that name"
          maxDropdownHeight={260}
          {...form.getInputProps("owner")}
        />
      )}
      {kind === "tag" && (
        <Autocomplete
          label="Tag"
          placeholder="Such as env"
          data={(tags.data ?? []).map((one) => one.key)}
          limit={50}
          {...form.getInputProps("tagKey")}
        />
      )}
      {(kind === "tag" || kind === "service") && (
        <Autocomplete
          label={kind === "tag" ? "Value" : "Service"}
          placeholder={kind === "tag" ? "Such as production" : "Such as Amazon S3"}
          data={[...new Set((found.data ?? []).map((one) => one.key))]}
          limit={50}
          filter={({ options }) => options}
          {...form.getInputProps("value")}
        />
      )}
    </Group>
  );
}
