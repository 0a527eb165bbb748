import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Settings } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { readAmount, writeAmount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { saveSettings, settings } from "../../shared/queries";
import { Answer } from "../../shared/Waiting";

function Form({ current }: { current: Settings }) {
  const cache = useQueryClient();
  const [typed, setTyped] = useState(() => writeAmount(current.anomaly_alert_from));
  const from = readAmount(typed);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (anomaly_alert_from: string) => saveSettings({ ...current, anomaly_alert_from }),
    onSuccess: () => {
      const again = () => cache.invalidateQueries({ queryKey: ["settings"] });
      void again();
      showDone("The rule was changed", () => {
        saveSettings(current).finally(again);
      });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (from !== undefined) save.mutate(from);
      }}
    >
      <Group gap={8} align="flex-end">
        <TextInput
          label="From this amount on"
          description="More than expected, in the currency of the bill"
          inputMode="decimal"
          value={typed}
          error={from === undefined ? "An amount such as 100" : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={from === undefined || from === readAmount(writeAmount(current.anomaly_alert_from))}
        >
          Save
        </Button>
      </Group>
      {save.error !== null && <ErrorPanel error={save.error} />}
    </form>
  );
}

/** From which amount on somebody is told of what is unusual. */
export function UnusualRule() {
  const query = useQuery(settings);
  return (
    <Section
      title="Unusual spend"
      note="what costs more than it usually does is told once; what was marked as expected is not"
    >
      <Answer query={query}>
        {(current) => <Form key={current.anomaly_alert_from} current={current} />}
      </Answer>
    </Section>
  );
}
