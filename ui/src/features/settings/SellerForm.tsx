import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { Settings } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { saveSettings } from "../../shared/queries";

const shape = z.object({
  name: z.string().trim().min(1, "A workspace needs a name"),
  zone: z.string().trim().min(1, "Such as Europe/Berlin"),
  seller: z.string(),
  address: z.string(),
  taxId: z.string(),
  email: z.union([z.literal(""), z.email("This is no mail address")]),
  taxRate: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, "A percentage such as 20 or 7.5"),
  paymentDays: z.string().regex(/^\d{1,3}$/, "A number of days"),
  series: z.string().trim().min(1, "Such as INV"),
  metric: z.enum(["billed", "effective"]),
  memory: z.string().regex(/^[1-9]\d{1,5}$/, "A number of MiB, such as 256"),
});

type Form = z.infer<typeof shape>;

function formOf(current: Settings): Form {
  return {
    name: current.name,
    zone: current.zone,
    seller: current.seller.name,
    address: current.seller.address.join("\n"),
    taxId: current.seller.tax_id ?? "",
    email: current.seller.email ?? "",
    taxRate: current.tax_rate,
    paymentDays: String(current.payment_days),
    series: current.invoice_series,
    metric: current.invoice_metric === "effective" ? "effective" : "billed",
    memory: String(current.import_memory_mib),
  };
}

function settingsOf(form: Form, current: Settings): Settings {
  return {
    ...current,
    name: form.name.trim(),
    zone: form.zone.trim(),
    seller: {
      name: form.seller.trim(),
      address: form.address
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== ""),
      tax_id: form.taxId.trim() || null,
      email: form.email.trim() || null,
    },
    tax_rate: form.taxRate,
    payment_days: Number(form.paymentDays),
    invoice_series: form.series.trim(),
    invoice_metric: form.metric,
    import_memory_mib: Number(form.memory),
  };
}

/** Who sells, and how invoices are made. */
export function SellerForm({ current }: { current: Settings }) {
  const cache = useQueryClient();
  const form = useForm<Form>({
    initialValues: formOf(current),
    validate: schemaResolver(shape, { sync: true }),
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (next: Form) => saveSettings(settingsOf(next, current)),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone("The settings were saved");
    },
  });
  return (
    <form onSubmit={form.onSubmit((next) => save.mutate(next))}>
      <Section title="Workspace">
        <Group grow align="flex-start">
          <TextInput label="Name" {...form.getInputProps("name")} />
          <TextInput label="Time zone" description="" {...form.getInputProps("zone")} />
        </Group>
      </Section>
      <Section title="Seller" note="stands on every invoice">
        <Stack gap="sm">
          <TextInput label="Name" {...form.getInputProps("seller")} />
          <Textarea label="Address" autosize minRows={3} {...form.getInputProps("address")} />
          <Group grow align="flex-start">
            <TextInput label="Tax id" {...form.getInputProps("taxId")} />
            <TextInput label="Email" {...form.getInputProps("email")} />
          </Group>
        </Stack>
      </Section>
      <Section title="Invoices">
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput label="Tax rate, %" inputMode="decimal" {...form.getInputProps("taxRate")} />
            <TextInput label="Due after, days" inputMode="numeric" {...form.getInputProps("paymentDays")} />
            <TextInput label="Number series" {...form.getInputProps("series")} />
          </Group>
          <Select
            label="What is charged on"
            data={[
              { value: "billed", label: "Billed: as the provider's invoice" },
              { value: "effective", label: "Effective: commitments spread over their term" },
            ]}
            {...form.getInputProps("metric")}
          />
        </Stack>
      </Section>
      <Section title="Imports">
        <Stack gap="sm">
          <TextInput
            label="Memory for reading a bill, MiB"
            description="Larger bills spill to the disk beyond it; more is faster."
            inputMode="numeric"
            {...form.getInputProps("memory")}
          />
          {save.error !== null && <ErrorPanel error={save.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              Save settings
            </Button>
          </Group>
        </Stack>
      </Section>
    </form>
  );
}
