import { Button, Collapse, Group, Modal, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { clients } from "../../shared/queries";
import { createTenant } from "./load";

/** Sets up a tenant: a name is enough, everything else has an answer already. */
export function TenantDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const known = useQuery(clients).data ?? [];
  const [name, setName] = useState("");
  const [client, setClient] = useState<string | null>(null);
  const [place, setPlace] = useState("shared");
  const [key, setKey] = useState("own");
  const own = place === "own";
  const [slug, setSlug] = useState("");
  const [region, setRegion] = useState("");
  const [more, show] = useDisclosure(false);
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      createTenant({
        name: name.trim(),
        own_bucket: own,
        ...(own ? { key } : {}),
        ...(client === null ? {} : { client }),
        ...(slug.trim() === "" ? {} : { slug: slug.trim() }),
        ...(region.trim() === "" ? {} : { region: region.trim() }),
      }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["tenants"] });
      showDone(`${name.trim()} is being set up`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="New tenant" size={520}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {known.length > 0 && (
            <Select
              label="Client"
              description="Who pays for it"
              placeholder="Nobody yet"
              clearable
              searchable
              data={known.map((one) => one.name)}
              value={client}
              onChange={setClient}
            />
          )}
          <Radio.Group label="Its files lie in" value={place} onChange={setPlace}>
            <Stack gap={8} mt={8}>
              <Radio
                size="xs"
                value="shared"
                label="A folder of the bucket that tenants share"
                description="Others cannot see it; that is tried, not only set."
              />
              <Radio
                size="xs"
                value="own"
                label="A bucket of its own"
                description="With its own metrics, lifecycle and bill line."
              />
            </Stack>
          </Radio.Group>
          {own && (
            <Radio.Group label="They are encrypted with" value={key} onChange={setKey}>
              <Stack gap={8} mt={8}>
                <Radio
                  size="xs"
                  value="own"
                  label="A key of its own"
                  description="About $1 a month in AWS; with any other key nothing can be read."
                />
                <Radio size="xs" value="shared" label="The key that tenants share" />
              </Stack>
            </Radio.Group>
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            onClick={show.toggle}
            aria-expanded={more}
          >
            {more ? "Less" : "More: short name, region"}
          </Button>
          <Collapse expanded={more}>
            <Group grow align="flex-start" gap="sm">
              <TextInput
                label="Short name"
                description="In folders and role names; small letters, digits, dashes"
                placeholder="From the name"
                value={slug}
                onChange={(event) => setSlug(event.currentTarget.value)}
              />
              <TextInput
                label="Region"
                description="Of its server and bucket"
                placeholder="As the connection's"
                value={region}
                onChange={(event) => setRegion(event.currentTarget.value)}
              />
            </Group>
          </Collapse>
          {create.error !== null && <ErrorPanel error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
              Set it up
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
