import { Button, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AthenaPlace, Connection } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { readAmount, writeAmount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Answer } from "../../../shared/Waiting";
import { athena, setAthena } from "./load";
import styles from "./Sources.module.css";

const GIGABYTE = 1_000_000_000;

/** Whether a very large export is rolled up where it lies, in the customer's own Athena. */
export function AthenaForm({ connection }: { connection: Connection }) {
  const query = useQuery(athena(connection.id));
  return (
    <section>
      <h3 className={styles.heading}>Very large exports</h3>
      <Answer query={query}>
        {(place) => <Form key={JSON.stringify(place)} connection={connection} place={place} />}
      </Answer>
    </section>
  );
}

function Form({ connection, place }: { connection: Connection; place: AthenaPlace | null }) {
  const cache = useQueryClient();
  const [on, setOn] = useState(place !== null);
  const [draft, setDraft] = useState({
    gigabytes: String(Math.round((place?.above_bytes ?? 50 * GIGABYTE) / GIGABYTE)),
    workgroup: place?.workgroup ?? "tallyport",
    database: place?.database ?? "tallyport",
    output: place?.output ?? "",
    agreed: writeAmount(place?.agreed_up_to ?? "0"),
  });
  const agreed = readAmount(draft.agreed);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const valid =
    agreed !== undefined &&
    /^\d{1,6}$/.test(draft.gigabytes) &&
    draft.database.trim() !== "" &&
    /^s3:\/\/.+/.test(draft.output);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      setAthena(
        connection.id,
        on
          ? {
              above_bytes: Number(draft.gigabytes) * GIGABYTE,
              workgroup: draft.workgroup.trim(),
              database: draft.database.trim(),
              output: draft.output.trim(),
              agreed_up_to: agreed ?? "0",
            }
          : null,
      ),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(on ? "Months beyond the limit are rolled up in Athena" : "Exports are always fetched whole");
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          A month that is too large to fetch can be rolled up where it lies, in this account's Athena. What a
          query costs at the most is said before it runs, and it is cut off there.
        </Text>
        <Switch
          label="Use Athena for large months"
          checked={on}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        {on && (
          <>
            <TextInput
              label="Above, GB a month"
              inputMode="numeric"
              value={draft.gigabytes}
              onChange={(event) => change({ gigabytes: event.currentTarget.value.trim() })}
            />
            <TextInput
              label="Workgroup"
              description="It must cut queries off; “tallyport” is made when it is needed"
              value={draft.workgroup}
              onChange={(event) => change({ workgroup: event.currentTarget.value })}
            />
            <TextInput
              label="Database"
              value={draft.database}
              onChange={(event) => change({ database: event.currentTarget.value })}
            />
            <TextInput
              label="Answers go to"
              placeholder="s3://bucket/prefix/"
              value={draft.output}
              onChange={(event) => change({ output: event.currentTarget.value })}
            />
            <TextInput
              label="Without asking, up to USD a sync"
              description="What its queries may cost together; beyond it, each sync asks"
              inputMode="decimal"
              value={draft.agreed}
              error={agreed === undefined ? "An amount such as 5.00" : undefined}
              onChange={(event) => change({ agreed: event.currentTarget.value })}
            />
          </>
        )}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={on ? !valid : place === null}
          >
            Save
          </Button>
        </div>
      </Stack>
    </form>
  );
}
