import {
  Button,
  Drawer,
  Group,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from "@mantine/core";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Channel } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { showDone } from "../../../shared/notices";
import { clients, session } from "../../../shared/queries";
import { type ChannelForm, draftOf, type Field, formOf, KINDS, type Kind, shape, wrongFields } from "./kinds";
import { saveChannel } from "./load";

type FormProps = { form: UseFormReturnType<ChannelForm> };

function Connection({ form, field }: FormProps & { field: Field }) {
  const customers = useQuery(clients);
  return (
    <Select
      label={field.label}
      description="Which access to AWS is used"
      placeholder="A connection"
      data={(customers.data ?? []).flatMap((client) =>
        client.connections.map((one) => ({ value: String(one.id), label: `${client.name} · ${one.name}` })),
      )}
      {...form.getInputProps(`fields.${field.key}`)}
    />
  );
}

function FieldInput({ form, field, kept }: FormProps & { field: Field; kept: boolean }) {
  const { key, label, description, placeholder, as } = field;
  const props = { label, ...(description === undefined ? {} : { description }) };
  const input = form.getInputProps(`fields.${key}`);
  if (Array.isArray(as)) return <Select {...props} data={as} {...input} />;
  switch (as) {
    case "switch":
      return <Switch {...props} {...form.getInputProps(`fields.${key}`, { type: "checkbox" })} />;
    case "connection":
      return <Connection form={form} field={field} />;
    case "secret":
    case "hidden":
      return (
        <PasswordInput
          {...props}
          autoComplete="off"
          placeholder={kept ? "Kept; type to replace it" : (placeholder ?? "")}
          {...input}
        />
      );
    case "list":
    case "lines":
      return <Textarea {...props} autosize minRows={1} placeholder={placeholder ?? ""} {...input} />;
    default:
      return (
        <TextInput
          {...props}
          placeholder={placeholder ?? ""}
          {...(as === "number" ? { inputMode: "numeric" as const } : {})}
          {...input}
        />
      );
  }
}

type BodyProps = { kind: Kind; channel: Channel | undefined; onClose: () => void };

function Body({ kind, channel, onClose }: BodyProps) {
  const cache = useQueryClient();
  const zone = useQuery(session).data?.workspace.zone ?? "UTC";
  const kept = channel !== undefined;
  const plain = schemaResolver(shape, { sync: true });
  const form = useForm<ChannelForm>({
    initialValues: formOf(kind, channel, zone),
    validate: (filled) => ({ ...plain(filled), ...wrongFields(kind, filled, kept) }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (filled: ChannelForm) => saveChannel(draftOf(kind, filled), channel?.id),
    onSuccess: (saved) => {
      void cache.invalidateQueries();
      showDone(channel === undefined ? `${saved.name} was set up; test it` : `${saved.name} was changed`);
      onClose();
    },
  });
  const { daily } = form.getValues();
  return (
    <form onSubmit={form.onSubmit((filled) => save.mutate(filled))}>
      <Stack gap="md">
        <span className="soft">{KINDS[kind].note}</span>
        <TextInput label="Name" data-autofocus {...form.getInputProps("name")} />
        {KINDS[kind].fields.map((field) => (
          <FieldInput key={field.key} form={form} field={field} kept={kept} />
        ))}
        <Select
          label="From which severity on"
          data={[
            { value: "notice", label: "Everything" },
            { value: "warning", label: "Warnings and what is urgent" },
            { value: "urgent", label: "Only what is urgent" },
          ]}
          {...form.getInputProps("least")}
        />
        <Switch
          label="Once a day, all in one"
          description="What is urgent goes at once nevertheless"
          {...form.getInputProps("daily", { type: "checkbox" })}
        />
        {daily && (
          <Group grow align="flex-start">
            <TextInput label="At" placeholder="08:00" {...form.getInputProps("at")} />
            <TextInput label="Time zone" {...form.getInputProps("zone")} />
          </Group>
        )}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {channel === undefined ? "Set up" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ChannelDrawerProps = {
  kind: Kind | undefined;
  channel?: Channel | undefined;
  onClose: () => void;
};

/** Sets a channel up or changes one. Secrets go in and never come out. */
export function ChannelDrawer({ kind, channel, onClose }: ChannelDrawerProps) {
  return (
    <Drawer
      opened={kind !== undefined}
      onClose={onClose}
      title={
        channel === undefined
          ? `Set up ${kind === undefined ? "" : KINDS[kind].name}`
          : `Change ${channel.name}`
      }
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {kind !== undefined && <Body kind={kind} channel={channel} onClose={onClose} />}
    </Drawer>
  );
}
