import { Button, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { Settings } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { PartyFields } from "../../shared/PartyFields";
import { partyFormOf, partyOf, partyShape } from "../../shared/party";
import { saveSettings } from "../../shared/queries";

const shape = z.object({
  name: z.string().trim().min(1, "A workspace needs a name"),
  zone: z.string().trim().min(1, "Such as Europe/Berlin"),
  party: partyShape,
  taxRate: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, "A percentage such as 20 or 7.5"),
  paymentDays: z.string().regex(/^\d{1,3}$/, "A number of days"),
  series: z.string().trim().min(1, "Such as INV"),
  creditSeries: z.string().trim().min(1, "Such as CN"),
  fourEyes: z.boolean(),
  metric: z.enum(["billed", "effective"]),
  memory: z.string().regex(/^[1-9]\d{1,5}$/, "A number of MiB, such as 256"),
});

type Form = z.infer<typeof shape>;

function formOf(current: Settings): Form {
  return {
    name: current.name,
    zone: current.zone,
    party: partyFormOf(current.seller),
    taxRate: current.tax_rate,
    paymentDays: String(current.payment_days),
    series: current.invoice_series,
    creditSeries: current.credit_note_series,
    fourEyes: current.four_eyes,
    metric: current.invoice_metric === "effective" ? "effective" : "billed",
    memory: String(current.import_memory_mib),
  };
}

function settingsOf(form: Form, current: Settings): Settings {
  return {
    ...current,
    name: form.name.trim(),
    zone: form.zone.trim(),
    seller: partyOf(form.party),
    tax_rate: form.taxRate,
    payment_days: Number(form.paymentDays),
    invoice_series: form.series.trim(),
    credit_note_series: form.creditSeries.trim(),
    four_eyes: form.fourEyes,
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
        <PartyFields form={form} account />
      </Section>
      <Section title="Invoices">
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput label="Tax rate, %" inputMode="decimal" {...form.getInputProps("taxRate")} />
            <TextInput label="Due after, days" inputMode="numeric" {...form.getInputProps("paymentDays")} />
            <TextInput label="Number series" {...form.getInputProps("series")} />
            <TextInput label="Of credit notes" {...form.getInputProps("creditSeries")} />
          </Group>
          <Select
            label="What is charged on"
            data={[
              { value: "billed", label: "Billed: as the provider's invoice" },
              { value: "effective", label: "Effective: commitments spread over their term" },
            ]}
            {...form.getInputProps("metric")}
          />
          <Switch
            label="Four eyes"
            description="Whoever drafted or changed an invoice cannot approve it"
            {...form.getInputProps("fourEyes", { type: "checkbox" })}
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
