import { Button, Group, List, Modal, Radio, Select, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Picked } from "../../host/host";
import { type Bell, useBell } from "../../shared/door-bell";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { clients } from "../../shared/queries";
import { startImports } from "./load";

function sizeOf(picked: Picked): string {
  if (!("file" in picked)) return "";
  const kilobytes = Math.ceil(picked.file.size / 1024);
  return kilobytes < 4096
    ? `${formatCount(kilobytes)} KB`
    : `${formatCount(Math.round(kilobytes / 1024))} MB`;
}

/** Asks whose bill the files are, and whether they replace what is loaded. */
export function ImportDialog() {
  const [picked, setPicked] = useState<Picked[]>([]);
  const [client, setClient] = useState<string | null>(null);
  const [mode, setMode] = useState("replace");
  const known = useQuery({ ...clients, enabled: picked.length > 0 });
  const begin = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      startImports(picked, {
        client: client ?? known.data?.[0]?.name,
        add: mode === "add",
        skipBadRows: false,
      }),
    onSuccess: () => setPicked([]),
  });
  const { reset } = begin;
  useBell(
    "import",
    useCallback(
      (bell: Extract<Bell, { open: "import" }>) => {
        reset();
        setMode("replace");
        setPicked(bell.picked);
      },
      [reset],
    ),
  );
  const options = (known.data ?? []).map((one) => one.name);
  return (
    <Modal
      opened={picked.length > 0}
      onClose={() => setPicked([])}
      title={picked.length === 1 ? "Import a bill" : `Import ${picked.length} bills`}
      size={460}
    >
      <Stack gap="md">
        <List
          spacing={6}
          size="sm"
          icon={
            <ThemeIcon variant="light" size={24}>
              <IconFileText size={14} aria-hidden="true" />
            </ThemeIcon>
          }
        >
          {picked.map((one) => (
            <List.Item key={"path" in one ? one.path : one.name} title={"path" in one ? one.path : one.name}>
              <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>
                {one.name} <span className="soft">{sizeOf(one)}</span>
              </Text>
            </List.Item>
          ))}
        </List>
        {options.length > 1 && (
          <Select
            label="Client"
            description="Whose bill this is"
            data={options}
            value={client ?? options[0] ?? null}
            onChange={setClient}
          />
        )}
        <Radio.Group
          label="If a billing period of this bill is loaded already"
          value={mode}
          onChange={setMode}
          size="sm"
        >
          <Stack gap={8} mt={8}>
            <Radio
              size="xs"
              value="replace"
              label="Replace it whole"
              description="The old version stays readable; figures use the new one."
            />
            <Radio
              size="xs"
              value="add"
              label="Keep both"
              description="For a bill that comes in several parts."
            />
          </Stack>
        </Radio.Group>
        {begin.error !== null && <ErrorPanel error={begin.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setPicked([])}>
            Cancel
          </Button>
          <Button loading={begin.isPending} onClick={() => begin.mutate()} data-autofocus>
            Import
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
