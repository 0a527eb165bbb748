import { Button, Group, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Tenant, TenantRemoval } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { nameSize } from "../../shared/sizes";
import { Answer } from "../../shared/Waiting";
import { deleteTenant, leaving, removal } from "./load";

/** What goes, one thing a line. */
function goes({ users, role, key, server }: TenantRemoval, erase: boolean): string[] {
  return [
    users.length === 0
      ? []
      : `${users.length === 1 ? "1 user" : `${formatCount(users.length)} users`} with their keys`,
    role === null ? [] : `the role ${role}`,
    erase && key !== null ? `the key ${key}` : [],
    server ? "the server, since nobody else uses it" : [],
  ].flat();
}

/** Takes a tenant away, after saying what that takes with it; its short name has to be typed. */
export function DeleteDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const isLeaving = useIsMutating(leaving(tenant.id)) > 0;
  const query = useQuery({ ...removal(tenant.id), enabled: !isLeaving });
  return (
    <Modal opened onClose={onClose} title={`Remove ${tenant.name}?`} size={520}>
      <Answer query={query}>{(there) => <Ask tenant={tenant} there={there} onClose={onClose} />}</Answer>
    </Modal>
  );
}

type AskProps = { tenant: Tenant; there: TenantRemoval; onClose: () => void };

function Ask({ tenant, there, onClose }: AskProps) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [files, setFiles] = useState<"keep" | "erase">("keep");
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    ...leaving(tenant.id),
    meta: { quiet: true },
    mutationFn: () => deleteTenant(tenant.id, typed.trim(), files),
    onSuccess: async () => {
      await navigate({ to: "/tenants", search: {} });
      cache.removeQueries({ queryKey: ["tenants", tenant.id] });
      void cache.invalidateQueries({ queryKey: ["tenants"], exact: true });
    },
  });
  const much = `${formatCount(there.objects)} files, ${nameSize(there.bytes)} with all versions`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate();
      }}
    >
      <Stack gap="md">
        <div>
          <Text size="sm">This takes away, for good:</Text>
          <ul aria-label="What goes">
            {goes(there, files === "erase").map((one) => (
              <li key={one} style={{ overflowWrap: "anywhere" }}>
                {one}
              </li>
            ))}
          </ul>
        </div>
        <Radio.Group
          label="Its files"
          value={files}
          onChange={(next) => setFiles(next === "erase" ? "erase" : "keep")}
        >
          <Stack gap={8} mt={8}>
            <Radio size="xs" value="keep" label="Stay where they are" description={much} />
            <Radio
              size="xs"
              value="erase"
              label="Are erased, with every version"
              description={
                there.key === null
                  ? "Nobody can bring them back."
                  : `Nobody can bring them back; AWS keeps the key for ${there.key_pending_days} days.`
              }
            />
          </Stack>
        </Radio.Group>
        <TextInput
          label={`Type ${tenant.slug} to go on`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {remove.error !== null && <ErrorPanel error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button
            type="submit"
            color="red"
            loading={remove.isPending}
            disabled={typed.trim() !== tenant.slug}
          >
            Remove it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
