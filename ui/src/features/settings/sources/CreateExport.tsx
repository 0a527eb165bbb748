import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection, Discovery } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatMoney, isZero } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { createExport } from "./load";
import styles from "./Sources.module.css";

type CreateExportProps = {
  connection: Connection;
  offer: NonNullable<Discovery["offer"]>;
  onCreated: () => void;
};

/** Offers to have AWS write a FOCUS export; what it costs stands first, and its name is typed to confirm. */
export function CreateExport({ connection, offer, onCreated }: CreateExportProps) {
  const cache = useQueryClient();
  const [draft, setDraft] = useState({ bucket: offer.bucket, prefix: offer.prefix, name: offer.name });
  const [typed, setTyped] = useState("");
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: () => createExport(connection.id, draft),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(`AWS writes ${draft.name} from now on; the first files come within a day`);
      onCreated();
    },
  });
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <section>
      <h3 className={styles.heading}>Create a FOCUS export</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{offer.text}</Text>
          <Text size="sm">
            AWS's price:{" "}
            <strong>
              {isZero(offer.monthly_price)
                ? "nothing"
                : `about ${formatMoney(offer.monthly_price, offer.currency)} a month for a gigabyte of files`}
            </strong>
            .
          </Text>
          <TextInput
            label="Bucket"
            description="One of this account's, which AWS may write to"
            value={draft.bucket}
            onChange={(event) => change({ bucket: event.currentTarget.value })}
          />
          <TextInput
            label="Prefix"
            value={draft.prefix}
            onChange={(event) => change({ prefix: event.currentTarget.value })}
          />
          <TextInput
            label="Name of the export"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label={`Type ${draft.name || "its name"} to have it created in the account`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
          {create.error !== null && <ErrorPanel error={create.error} />}
          <div>
            <Button
              type="submit"
              loading={create.isPending}
              disabled={draft.bucket.trim() === "" || draft.name.trim() === "" || typed !== draft.name}
            >
              Create export
            </Button>
          </div>
        </Stack>
      </form>
    </section>
  );
}
