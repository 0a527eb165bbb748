import { Autocomplete, Badge, Button, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Matcher, RuleDraft } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { OwnerSelect } from "../../shared/OwnerSelect";
import { values } from "../../shared/queries";
import { addRules, deleteRule } from "./load";
import { Preview } from "./Preview";
import styles from "./Resources.module.css";

type Kind = Matcher["kind"];
export type AssignStart = { kind: Kind; resources: string[]; owner: string | null };

type AssignDialogProps = {
  start: AssignStart | undefined;
  month: string | undefined;
  onClose: (done: boolean) => void;
};

const KINDS: { value: Kind; label: string }[] = [
  { value: "tag", label: "Tag" },
  { value: "account", label: "Account" },
  { value: "service", label: "Service" },
  { value: "region", label: "Region" },
  { value: "resource", label: "Resource" },
];

/** A value with what the charges know of it. */
function ValueInput(props: { kind: Kind; tagKey: string; value: string; onChange: (value: string) => void }) {
  const { kind, tagKey, value, onChange } = props;
  const [search] = useDebouncedValue(value, 200);
  const found = useQuery({
    ...values(kind === "tag" ? "tag-value" : kind, search, kind === "tag" ? tagKey : undefined),
    enabled: kind !== "resource" && (kind !== "tag" || tagKey !== ""),
  });
  return (
    <Autocomplete
      label={kind === "tag" ? "Value" : (KINDS.find((one) => one.value === kind)?.label ?? "Value")}
      description={
        kind === "resource" || kind === "account" ? undefined : "* stands for any text, ? for any character"
      }
      placeholder={kind === "tag" ? "john*" : undefined}
      data={(found.data ?? []).map((one) => one.key).filter((key) => key !== "")}
      value={value}
      onChange={onChange}
      limit={30}
    />
  );
}

function matchersFrom(kind: Kind, resources: string[], tagKey: string, value: string): Matcher[] {
  if (kind === "resource" && resources.length > 0) {
    return resources.map((resource) => ({ kind: "resource", value: resource }));
  }
  if (value.trim() === "") return [];
  if (kind === "tag") return tagKey.trim() === "" ? [] : [{ kind, key: tagKey.trim(), value: value.trim() }];
  return [{ kind, value: value.trim() }];
}

/** Gives resources, a tag, an account… to somebody from a day on, after showing what changes hands. */
export function AssignDialog({ start, onClose }: AssignDialogProps) {
  const cache = useQueryClient();
  const [kind, setKind] = useState<Kind>("tag");
  const [owner, setOwner] = useState<string | null>(null);
  const [tagKey, setTagKey] = useState("");
  const [value, setValue] = useState("");
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const tagKeys = useQuery({ ...values("tag-key", ""), enabled: start !== undefined });
  const chosen = start?.resources ?? [];

  useEffect(() => {
    if (start === undefined) return;
    setKind(start.kind);
    setOwner(start.owner);
    setTagKey("");
    setValue("");
    setFrom(null);
    setTo(null);
    setNote("");
  }, [start]);

  const drafts: RuleDraft[] =
    owner === null
      ? []
      : matchersFrom(kind, chosen, tagKey, value).map((matcher) => ({
          owner,
          matchers: [matcher],
          from,
          to,
          note: note.trim() || null,
          // What is said last about one resource or tag is said most closely: it goes first.
          position: 1,
        }));
  const [shown] = useDebouncedValue(drafts, 350);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => addRules(drafts),
    onSuccess: (added) => {
      void cache.invalidateQueries();
      const label = owner?.replace(/^\w+:/, "") ?? "";
      const charges = added.map((rule) => rule.reallocated?.charges ?? 0);
      const told = charges.length === 1 ? `: ${formatCount(charges[0] ?? 0)} charges changed hands` : "";
      showDone(`Assigned to ${label}${told}`, () => {
        Promise.all(added.map((rule) => deleteRule(rule.id))).then(() => cache.invalidateQueries());
      });
      onClose(true);
    },
  });
  const { reset } = save;
  useEffect(() => {
    if (start !== undefined) reset();
  }, [start, reset]);

  return (
    <Modal
      opened={start !== undefined}
      onClose={() => onClose(false)}
      title={chosen.length > 0 ? "Assign resources" : "New ownership rule"}
      size={560}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          {chosen.length > 0 ? (
            <div className={styles.chips}>
              {chosen.map((resource) => (
                <Badge key={resource} color="gray" c="inherit" maw={240} title={resource}>
                  {resource}
                </Badge>
              ))}
            </div>
          ) : (
            <>
              <SegmentedControl
                aria-label="What the rule looks at"
                data={KINDS}
                value={kind}
                onChange={(next) => {
                  setKind(next as Kind);
                  setValue("");
                }}
                fullWidth
              />
              <Group grow align="flex-end" preventGrowOverflow={false}>
                {kind === "tag" && (
                  <Autocomplete
                    label="Tag"
                    placeholder="owner"
                    data={(tagKeys.data ?? []).map((one) => one.key)}
                    value={tagKey}
                    onChange={setTagKey}
                    limit={50}
                    description="Upper or lower case is the same"
                  />
                )}
                <ValueInput kind={kind} tagKey={tagKey} value={value} onChange={setValue} />
              </Group>
            </>
          )}
          <OwnerSelect label="Belongs to" value={owner} onChange={setOwner} autoFocus={chosen.length > 0} />
          <Group grow>
            <DateInput label="From" placeholder="Always" value={from} onChange={setFrom} clearable />
            <DateInput label="To" placeholder="Open" value={to} onChange={setTo} clearable />
          </Group>
          <TextInput
            label="Note"
            placeholder="Optional: why"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {shown.length > 0 && <Preview drafts={shown} />}
          {save.error !== null && <ErrorPanel error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button type="submit" disabled={drafts.length === 0} loading={save.isPending}>
              Assign
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
