import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { Client } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { accessOf, addConnection } from "./load";

const shape = z
  .object({
    name: z.string().trim().min(1, "Give it a name"),
    billingAccount: z.string().trim().min(1, "The account that pays the bill"),
    kind: z.enum(["environment", "profile", "assume_role"]),
    profile: z.string(),
    roleArn: z.string(),
    externalId: z.string(),
    tag: z.string(),
  })
  .refine((form) => form.kind !== "profile" || form.profile.trim() !== "", {
    path: ["profile"],
    message: "Which profile of ~/.aws/config?",
  })
  .refine(
    (form) => form.kind !== "assume_role" || /^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(form.roleArn.trim()),
    {
      path: ["roleArn"],
      message: "It looks like arn:aws:iam::123456789012:role/name",
    },
  );

type ConnectionDialogProps = { opened: boolean; onClose: () => void; client: Client };

/** Connects a client to Cost Explorer. Keys are not asked for: they stay where AWS tools keep them. */
export function ConnectionDialog({ opened, onClose, client }: ConnectionDialogProps) {
  const cache = useQueryClient();
  const form = useForm<z.infer<typeof shape>>({
    initialValues: {
      name: "Cost Explorer",
      billingAccount: client.billing_accounts[0]?.id ?? "",
      kind: "environment",
      profile: "",
      roleArn: "",
      externalId: "",
      tag: "",
    },
    validate: schemaResolver(shape, { sync: true }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (draft: z.infer<typeof shape>) =>
      addConnection(client.id, {
        kind: "cost_explorer",
        name: draft.name.trim(),
        billing_account: draft.billingAccount.trim(),
        access: accessOf(draft),
        allocation_tag: draft.tag.trim() || null,
      }),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(`${client.name} is connected; test it, then sync`);
      form.reset();
      onClose();
    },
  });
  const { kind } = form.getValues();
  return (
    <Modal opened={opened} onClose={onClose} title={`Connect ${client.name} to Cost Explorer`} size={500}>
      <form onSubmit={form.onSubmit((draft) => save.mutate(draft))}>
        <Stack gap="sm">
          <TextInput label="Name" data-autofocus {...form.getInputProps("name")} />
          <TextInput
            label="Billing account"
            description="The payer's account number"
            placeholder="123456789012"
            {...form.getInputProps("billingAccount")}
          />
          <Select
            label="Reached by"
            data={[
              { value: "environment", label: "The environment's credentials" },
              { value: "profile", label: "A profile of ~/.aws/config" },
              { value: "assume_role", label: "A role in their account" },
            ]}
            {...form.getInputProps("kind")}
          />
          {kind !== "environment" && (
            <TextInput
              label={kind === "profile" ? "Profile" : "Profile to begin from"}
              placeholder={kind === "profile" ? "finance" : "Empty: the environment's credentials"}
              {...form.getInputProps("profile")}
            />
          )}
          {kind === "assume_role" && (
            <>
              <TextInput
                label="Role"
                placeholder="arn:aws:iam::123456789012:role/cost-reader"
                {...form.getInputProps("roleArn")}
              />
              <TextInput label="External id" placeholder="Optional" {...form.getInputProps("externalId")} />
            </>
          )}
          <TextInput
            label="Allocation tag"
            description="The tag whose values tell whose cost it is"
            placeholder="Optional: owner"
            {...form.getInputProps("tag")}
          />
          {save.error !== null && <ErrorPanel error={save.error} />}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Connect
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
