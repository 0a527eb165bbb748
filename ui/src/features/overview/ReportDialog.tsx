import { Button, Group, Modal, Radio, Select, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { nameMonth } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { PAPER_LANGUAGES } from "../../shared/languages";
import { showDone } from "../../shared/notices";
import { session } from "../../shared/queries";
import { addressOf, plainName, saveAnswer } from "../../shared/saving";

const REPORTS = [
  {
    value: "summary",
    label: "The month at a glance",
    description: "Totals, what drove them, who, what is odd.",
  },
  {
    value: "costs-by-person",
    label: "Costs by person",
    description: "What each cost, beside the month before.",
  },
  { value: "budgets", label: "Budgets", description: "What was planned, what it came to, what is expected." },
  {
    value: "savings",
    label: "Savings",
    description: "What discounts and commitments saved, and what lay idle.",
  },
] as const;

/** Stands for no language of one's own. */
const USUAL = "usual";

/** A month on paper: which report, and in which language its reader reads. */
export function ReportDialog({ month, onClose }: { month: string; onClose: () => void }) {
  const [report, setReport] = useState<string>("summary");
  const [language, setLanguage] = useState<string>(USUAL);
  const workspace = useQuery(session).data?.workspace;
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => {
      const query = { month, language: language === USUAL ? undefined : language };
      const name = [workspace?.mark ?? [], workspace?.name ?? "Tallyport", report, month].flat().join(" ");
      return saveAnswer(addressOf(`/reports/${report}`, query), `${plainName(name)}.pdf`);
    },
    onSuccess: (where) => {
      if (where === null) return;
      showDone(`Saved as ${where}`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`${nameMonth(month)} on paper`} size={440}>
      <Stack gap="md">
        <Radio.Group label="Report" value={report} onChange={setReport} size="sm">
          <Stack gap={8} mt={8}>
            {REPORTS.map((one) => (
              <Radio key={one.value} size="xs" {...one} />
            ))}
          </Stack>
        </Radio.Group>
        <Select
          label="Language"
          data={[{ value: USUAL, label: "As on your letterhead" }, ...PAPER_LANGUAGES]}
          value={language}
          allowDeselect={false}
          onChange={(next) => next !== null && setLanguage(next)}
        />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            Save PDF
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
