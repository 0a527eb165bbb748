import { Button, Checkbox, Group, Modal, Radio, Select, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "./ErrorPanel";
import { LOCALE } from "./locale";
import { showDone } from "./notices";
import { session } from "./queries";
import { type CsvLook, csvLook, saveTable, type TableFile, type TableFormat } from "./tableFile";

const FORMATS: { value: TableFormat; label: string; description: string }[] = [
  {
    value: "xlsx",
    label: "Excel",
    description: "Real numbers with sums, and a sheet that says where they are from.",
  },
  {
    value: "csv",
    label: "CSV",
    description: "Every digit of every amount, for spreadsheets and other programs.",
  },
  { value: "pdf", label: "PDF", description: "To print or to send: the columns that fit on a page." },
];

/** Decimals follow the separator: where a comma stands before decimals it cannot stand between cells. */
const SEPARATORS: { value: CsvLook["separator"]; label: string; decimal: CsvLook["decimal"] }[] = [
  { value: "comma", label: "Comma, and 1234.50", decimal: "point" },
  { value: "semicolon", label: "Semicolon, and 1234,50", decimal: "comma" },
  { value: "tab", label: "Tab, and 1234.50", decimal: "point" },
];

type ExportTableProps = {
  /** What the table shows, for those who do not see it. */
  label: string;
  file: TableFile;
  /** What the button says where that it exports says too little: a part of the label. */
  button?: string;
};

/** Takes a table out as a file, whole: all its rows, whatever page of them is shown. */
export function ExportTable({ label, file, button = "Export" }: ExportTableProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconDownload size={13} aria-hidden="true" />}
        onClick={open}
        aria-label={`Export ${label}`}
      >
        {button}
      </Button>
      {opened && <ExportDialog label={label} file={file} onClose={close} />}
    </>
  );
}

function ExportDialog({ label, file, onClose }: Omit<ExportTableProps, "button"> & { onClose: () => void }) {
  const [format, setFormat] = useState<TableFormat>("xlsx");
  const [look, setLook] = useState(() => csvLook(LOCALE));
  const workspace = useQuery(session).data?.workspace;
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => saveTable(file, format, look, workspace ?? { name: "Tallyport", mark: null }),
    onSuccess: (where) => {
      if (where === null) return;
      showDone(`Saved as ${where}`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Export: ${label}`} size={440}>
      <Stack gap="md">
        <Radio.Group
          label="Format"
          value={format}
          onChange={(next) => setFormat(next as TableFormat)}
          size="sm"
        >
          <Stack gap={8} mt={8}>
            {FORMATS.map((one) => (
              <Radio key={one.value} size="xs" {...one} />
            ))}
          </Stack>
        </Radio.Group>
        {format === "csv" && (
          <>
            <Select
              label="Separator"
              data={SEPARATORS.map(({ value, label: name }) => ({ value, label: name }))}
              value={look.separator}
              allowDeselect={false}
              onChange={(next) => {
                const found = SEPARATORS.find(({ value }) => value === next);
                if (found !== undefined) setLook({ ...look, separator: found.value, decimal: found.decimal });
              }}
            />
            <Checkbox
              label="Mark as UTF-8, so that Excel shows every letter"
              checked={look.bom}
              onChange={(event) => setLook({ ...look, bom: event.currentTarget.checked })}
            />
          </>
        )}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            Export
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
