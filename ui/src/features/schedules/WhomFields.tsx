import { MultiSelect, Select } from "@mantine/core";
import { byNumber, useRecipients } from "../../shared/recipients";
import type { Whom } from "./whom";

const KINDS = [
  { value: "people", label: "Each person" },
  { value: "teams", label: "Each team" },
  { value: "clients", label: "Each client" },
  { value: "chosen", label: "Those that I choose" },
];

type WhomFieldsProps = { whom: Whom; onChange: (whom: Whom) => void };

/** Whose invoices are drafted. */
export function WhomFields({ whom, onChange }: WhomFieldsProps) {
  const recipients = useRecipients(byNumber);
  return (
    <>
      <Select
        label="Invoices for"
        data={KINDS}
        value={"all" in whom ? whom.all : "chosen"}
        onChange={(next) => {
          if (next === "chosen") onChange({ chosen: [] });
          else if (next !== null) onChange({ all: next as "people" | "teams" | "clients" });
        }}
      />
      {"chosen" in whom && (
        <MultiSelect
          label="Whom"
          data={recipients}
          searchable
          value={whom.chosen}
          onChange={(chosen) => onChange({ chosen })}
          error={whom.chosen.length === 0 && "Nobody is chosen yet"}
        />
      )}
    </>
  );
}
