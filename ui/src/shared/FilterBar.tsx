import {
  Button,
  CloseButton,
  Combobox,
  Loader,
  Popover,
  ScrollArea,
  TextInput,
  UnstyledButton,
  useCombobox,
} from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronRight, IconFilterPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import styles from "./FilterBar.module.css";
import { FILTERS, type FilterKey, type Filters, toggleFilter } from "./filters";
import { clients, people, teams, values } from "./queries";

type FilterBarProps = { filters: Filters; asOf?: string | undefined; onChange: (filters: Filters) => void };
type Choice = { key: string; label: string };

function nameValue(key: FilterKey, value: string): string {
  if (key === "owner" && value === "unowned") return "nobody";
  return value;
}

/** What can be chosen for a filter: from the workspace's own lists, or from its charges. */
function useChoices(
  dimension: FilterKey,
  tagKey: string | undefined,
  search: string,
  asOf: string | undefined,
): { choices: Choice[]; busy: boolean } {
  const fromList = dimension === "person" || dimension === "team" || dimension === "client";
  const persons = useQuery({ ...people, enabled: dimension === "person" });
  const groups = useQuery({ ...teams, enabled: dimension === "team" });
  const owners = useQuery({ ...clients, enabled: dimension === "client" });
  const asked = dimension === "tag" ? (tagKey === undefined ? "tag-key" : "tag-value") : dimension;
  const found = useQuery({
    ...values(asked, search, dimension === "tag" ? tagKey : undefined, asOf),
    enabled: !fromList && dimension !== "owner",
  });
  const named = [...(persons.data ?? []), ...(groups.data ?? []), ...(owners.data ?? [])]
    .filter((one) => one.name.toLowerCase().includes(search.toLowerCase()))
    .map((one) => ({ key: one.name, label: one.name }));
  if (dimension === "owner") return { choices: [{ key: "unowned", label: "Nobody" }], busy: false };
  return fromList ? { choices: named, busy: false } : { choices: found.data ?? [], busy: found.isPending };
}

type ChooserProps = {
  dimension: FilterKey;
  chosen: string[];
  asOf: string | undefined;
  onToggle: (value: string) => void;
};

function Chooser({ dimension, chosen, asOf, onToggle }: ChooserProps) {
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search.trim(), 150);
  const [tagKey, setTagKey] = useState<string>();
  const combobox = useCombobox();
  const { choices, busy } = useChoices(dimension, tagKey, asked, asOf);
  const choosingKey = dimension === "tag" && tagKey === undefined;
  const filterValue = (key: string) => (dimension === "tag" ? `${tagKey}=${key}` : key);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(key) => {
        if (choosingKey) {
          setTagKey(key);
          setSearch("");
        } else onToggle(filterValue(key));
      }}
    >
      <Combobox.EventsTarget>
        <TextInput
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.resetSelectedOption();
          }}
          placeholder={choosingKey ? "Which tag?" : tagKey === undefined ? "Search" : `Value of ${tagKey}`}
          aria-label={choosingKey ? "Tag key" : "Value"}
          rightSection={busy ? <Loader size={13} /> : null}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <ScrollArea.Autosize mah={260} mt={6} type="auto">
        <Combobox.Options aria-label="Values">
          {choices.map(({ key, label }) => (
            <Combobox.Option key={key} value={key} active={!choosingKey && chosen.includes(filterValue(key))}>
              <span className={styles.option}>
                <span className="elide" title={label === key ? label : `${label} (${key})`}>
                  {label === "" ? "(none)" : label}
                </span>
                {choosingKey ? (
                  <IconChevronRight size={13} aria-hidden="true" />
                ) : (
                  chosen.includes(filterValue(key)) && <span aria-hidden="true">✓</span>
                )}
              </span>
            </Combobox.Option>
          ))}
          {choices.length === 0 && !busy && <Combobox.Empty>Nothing by that name</Combobox.Empty>}
        </Combobox.Options>
      </ScrollArea.Autosize>
    </Combobox>
  );
}

/** Chips of what narrows the page, and the way to add one. */
export function FilterBar({ filters, asOf, onChange }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const [dimension, setDimension] = useState<FilterKey>();
  const chips = FILTERS.flatMap(({ key, label }) =>
    (filters[key] ?? []).map((value) => ({ key, label, value })),
  );
  return (
    <>
      {chips.map(({ key, label, value }) => (
        <span key={`${key} ${value}`} className={styles.chip}>
          <span className="soft">{label}</span>
          <span className="elide" title={value}>
            {nameValue(key, value)}
          </span>
          <CloseButton
            size={18}
            aria-label={`Take away ${label} ${value}`}
            onClick={() => onChange(toggleFilter(filters, key, value))}
          />
        </span>
      ))}
      <Popover
        opened={open}
        onChange={(next) => {
          setOpen(next);
          if (!next) setDimension(undefined);
        }}
        position="bottom-start"
        width={260}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFilterPlus size={15} aria-hidden="true" />}
            onClick={() => setOpen(!open)}
          >
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={6}>
          {dimension === undefined ? (
            <div className={styles.dimensions}>
              {FILTERS.map(({ key, label }) => (
                <UnstyledButton key={key} className={styles.dimension} onClick={() => setDimension(key)}>
                  {label}
                  <IconChevronRight size={14} aria-hidden="true" />
                </UnstyledButton>
              ))}
            </div>
          ) : (
            <Chooser
              dimension={dimension}
              chosen={filters[dimension] ?? []}
              asOf={asOf}
              onToggle={(value) => onChange(toggleFilter(filters, dimension, value))}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      {chips.length > 1 && (
        <Button variant="subtle" color="gray" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </>
  );
}
