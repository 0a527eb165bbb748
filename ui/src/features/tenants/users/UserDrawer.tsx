import { Button, Drawer, Group, Radio, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { IconKey } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Tenant, TenantUser } from "../../../host/wire";
import { today } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { showDone } from "../../../shared/notices";
import { ROLES } from "../names";
import { addUser, changeUser, deleteUser, draftOf, keysOf, makeKeys } from "./load";

type UserDrawerProps = { tenant: Tenant; user: TenantUser | undefined; onClose: () => void };

/** Who signs in, with which keys, and what they may do. */
export function UserDrawer({ tenant, user, onClose }: UserDrawerProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      size={520}
      title={user === undefined ? `Add a user to ${tenant.name}` : `Change ${user.name}`}
    >
      <Form tenant={tenant} user={user} onClose={onClose} />
    </Drawer>
  );
}

/** Takes a user away, and offers to have them back with the keys they had. */
function useRemoving(tenant: Tenant, onDone: () => void) {
  const cache = useQueryClient();
  const changed = () => cache.invalidateQueries({ queryKey: ["tenants"] });
  return useMutation({
    meta: { quiet: true },
    mutationFn: (gone: TenantUser) => deleteUser(tenant.id, gone.name),
    onSuccess: (_, gone) => {
      void changed();
      showDone(`${gone.name} can no longer sign in`, () => {
        addUser(tenant.id, draftOf(gone)).finally(changed);
      });
      onDone();
    },
  });
}

function Form({ tenant, user, onClose }: UserDrawerProps) {
  const cache = useQueryClient();
  const [name, setName] = useState(user?.name ?? "");
  const [role, setRole] = useState<string>(user?.role ?? "upload-only");
  const [keys, setKeys] = useState(user?.keys.map(({ text }) => text).join("\n") ?? "");
  const [expires, setExpires] = useState<string | null>(user?.expires ?? null);
  const [active, setActive] = useState(user?.state !== "suspended");
  const remove = useRemoving(tenant, onClose);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => {
      const kept = { role, keys: keysOf(keys), expires, state: active ? "active" : "suspended" };
      return user === undefined
        ? addUser(tenant.id, { ...kept, name: name.trim() })
        : changeUser(tenant.id, user.name, kept);
    },
    onSuccess: (saved) => {
      void cache.invalidateQueries({ queryKey: ["tenants"] });
      showDone(user === undefined ? `${saved.name} was added` : `${saved.name} was changed`);
      onClose();
    },
  });
  const make = useMutation({
    meta: { quiet: true },
    mutationFn: () => makeKeys(tenant.id, name.trim()),
    onSuccess: (made) => {
      if (made === null) return;
      setKeys([...keysOf(keys), made.key].join("\n"));
      showDone(`The private key was saved as ${made.where}; it is kept nowhere else`);
    },
  });
  const fault = save.error ?? make.error ?? remove.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        {user === undefined && (
          <TextInput
            label="Name to sign in with"
            description="3 to 100 letters, digits, and . _ - @"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Radio.Group label="May" value={role} onChange={setRole}>
          <Stack gap={8} mt={8}>
            {ROLES.map((one) => (
              <Radio key={one.value} size="xs" {...one} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Public keys"
          description="One a line, as in a .pub file: Ed25519, ECDSA, or RSA of 3072 bits and more"
          placeholder="ssh-ed25519 AAAA…"
          autosize
          minRows={3}
          maxRows={8}
          value={keys}
          onChange={(event) => setKeys(event.currentTarget.value)}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", overflowWrap: "anywhere" } }}
        />
        <div>
          <Button
            variant="default"
            leftSection={<IconKey size={15} aria-hidden="true" />}
            loading={make.isPending}
            disabled={name.trim() === ""}
            onClick={() => make.mutate()}
          >
            Make a pair of keys…
          </Button>
          <Text size="xs" className="soft" mt={4}>
            The private key goes into a file of yours, once.
          </Text>
        </div>
        <DateInput
          label="May sign in until"
          description="The last day, in UTC; afterwards AWS itself refuses"
          placeholder="No end"
          clearable
          valueFormat="MMM D, YYYY"
          minDate={today()}
          value={expires}
          onChange={setExpires}
        />
        <Switch
          label="May sign in"
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        {fault !== null && <ErrorPanel error={fault} />}
        <Group justify="flex-end">
          {user !== undefined && (
            <Button
              variant="default"
              me="auto"
              loading={remove.isPending}
              onClick={() => remove.mutate(user)}
            >
              Remove
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
            {user === undefined ? "Add" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
