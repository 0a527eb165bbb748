import { Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { countries } from "./countries";
import type { PartyForm } from "./party";

type PartyFieldsProps<Form extends { party: PartyForm }> = {
  form: UseFormReturnType<Form>;
  /** Whoever is paid has an account; whoever pays needs none. */
  account?: boolean;
};

/** Name, address and numbers of one side of an invoice; part of a form that holds them under `party`. */
export function PartyFields<Form extends { party: PartyForm }>({ form, account }: PartyFieldsProps<Form>) {
  const field = (name: keyof PartyForm) => form.getInputProps(`party.${name}`);
  return (
    <Stack gap="sm">
      <TextInput label="Name" {...field("name")} />
      <Textarea label="Street" autosize minRows={2} {...field("address")} />
      <Group grow align="flex-start" gap="sm">
        <TextInput label="Post code" {...field("postCode")} />
        <TextInput label="City" {...field("city")} />
        <TextInput label="State or province" {...field("region")} />
      </Group>
      <Select
        label="Country"
        placeholder="Decides which tax is charged"
        data={countries()}
        searchable
        clearable
        {...field("country")}
      />
      <Group grow align="flex-start" gap="sm">
        <TextInput label="Tax id" placeholder="DE123456789" {...field("taxId")} />
        <TextInput label="Company register number" {...field("legalId")} />
      </Group>
      <Group grow align="flex-start" gap="sm">
        <TextInput label="Email" {...field("email")} />
        <TextInput label="Phone" {...field("phone")} />
      </Group>
      {account && (
        <Group grow align="flex-start" gap="sm">
          <TextInput label="IBAN" {...field("iban")} />
          <TextInput label="BIC" {...field("bic")} />
          <TextInput label="Bank" {...field("bank")} />
        </Group>
      )}
      <Group grow align="flex-start" gap="sm">
        <TextInput label="E-invoice scheme" placeholder="0088, for Peppol" {...field("endpointScheme")} />
        <TextInput label="E-invoice address" {...field("endpointId")} />
      </Group>
    </Stack>
  );
}
