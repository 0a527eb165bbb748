import { Button, CopyButton, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Tenant, TenantFile } from "../../../host/wire";
import { nameMoment } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { nameOf, shareFile } from "./load";

const TIMES = [
  { value: "3600", label: "One hour" },
  { value: "86400", label: "One day" },
  { value: "604800", label: "Seven days, the most there is" },
];

type ShareDialogProps = { tenant: Tenant; file: TenantFile; onClose: () => void };

/** Makes a link by which whoever has it fetches the file, and says until when it really works. */
export function ShareDialog({ tenant, file, onClose }: ShareDialogProps) {
  const [seconds, setSeconds] = useState("86400");
  const make = useMutation({
    meta: { quiet: true },
    mutationFn: () => shareFile(tenant.id, file.path, Number(seconds)),
  });
  return (
    <Modal opened onClose={onClose} title={`Share ${nameOf(file.path)}`} size={520}>
      <Stack gap="md">
        <Text size="sm">
          Whoever has the link fetches the file without signing in, for as long as it works. It cannot be
          taken back before.
        </Text>
        <Select
          label="It works for"
          data={TIMES}
          value={seconds}
          allowDeselect={false}
          onChange={(next) => {
            if (next !== null) setSeconds(next);
            make.reset();
          }}
        />
        {make.data !== undefined && (
          <>
            <Textarea label="Link" readOnly autosize minRows={2} maxRows={5} value={make.data.url} />
            <Text size="sm" role="status">
              It works until {nameMoment(make.data.expires_at)}
              {make.data.ends_with_credentials ? ", when the credentials that made it end." : "."}
            </Text>
          </>
        )}
        {make.error !== null && <ErrorPanel error={make.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {make.data === undefined ? (
            <Button loading={make.isPending} onClick={() => make.mutate()}>
              Make the link
            </Button>
          ) : (
            <CopyButton value={make.data.url}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy the link"}</Button>}
            </CopyButton>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
