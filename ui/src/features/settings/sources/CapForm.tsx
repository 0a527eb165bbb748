import { Button, Group, Progress, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { setCap } from "./load";
import styles from "./Sources.module.css";

/** How many requests to Cost Explorer a month may cost, and how many it has been. */
export function CapForm({ connection }: { connection: Connection }) {
  const cache = useQueryClient();
  const cap = connection.monthly_request_cap ?? null;
  const used = connection.requests_this_month ?? 0;
  const [typed, setTyped] = useState(cap === null ? "" : String(cap));
  const valid = typed === "" || /^[1-9]\d{0,6}$/.test(typed);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => setCap(connection.id, typed === "" ? null : Number(typed)),
    onSuccess: (changed) => {
      void cache.invalidateQueries();
      const next = changed.monthly_request_cap ?? null;
      showDone(
        next === null
          ? "Requests are no longer limited"
          : `At most ${formatCount(next)} requests a month from now on`,
      );
    },
  });
  return (
    <section>
      <h3 className={styles.heading}>Requests to Cost Explorer</h3>
      <Text size="sm" mb={6}>
        {formatCount(used)} this month{cap === null ? ", without a limit" : ` of at most ${formatCount(cap)}`}
        . AWS charges $0.01 for each.
      </Text>
      {cap !== null && (
        <Progress
          value={Math.min(100, (used / cap) * 100)}
          size="sm"
          mb={10}
          aria-label="Requests used of the month's limit"
        />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Group align="flex-end" gap={8}>
          <TextInput
            label="At most, a month"
            description="A sync that would need more is refused"
            placeholder="No limit"
            inputMode="numeric"
            value={typed}
            error={valid ? undefined : "A whole number, or nothing"}
            onChange={(event) => setTyped(event.currentTarget.value.trim())}
          />
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={!valid || typed === (cap === null ? "" : String(cap))}
          >
            Save
          </Button>
        </Group>
      </form>
      {save.error !== null && <ErrorPanel error={save.error} />}
    </section>
  );
}
