import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Invoice, InvoiceLine } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { compareAmounts, formatMoney, readAmount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import styles from "./Invoices.module.css";
import { nameLine } from "./Lines";
import { credit, replace } from "./load";

type CreditDialogProps = {
  invoice: Invoice;
  /** What comes after the credit: nothing, or the same invoice anew. */
  deed: "credit" | "replace" | undefined;
  onClose: () => void;
};

/** Corrects what was issued by a further document; what was issued stays as it is. */
export function CreditDialog({ invoice, deed, onClose }: CreditDialogProps) {
  return (
    <Modal
      opened={deed !== undefined}
      onClose={onClose}
      title={deed === "replace" ? `Replace ${invoice.number}?` : `Credit ${invoice.number}`}
      size={deed === "replace" ? 480 : 620}
    >
      {deed === "credit" && <CreditForm invoice={invoice} onClose={onClose} />}
      {deed === "replace" && <ReplaceForm invoice={invoice} onClose={onClose} />}
    </Modal>
  );
}

type FormProps = Omit<CreditDialogProps, "deed">;

/** Lets `act` make a document, tells of it and shows it. */
function useCorrection(invoice: Invoice, told: string, act: () => Promise<Invoice>, onClose: () => void) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: act,
    onSuccess: (made) => {
      void cache.invalidateQueries();
      showDone(`${told} ${invoice.number} was drafted; look it through before it is issued`);
      onClose();
      navigate({ to: "/invoices/$id", params: { id: String(made.id) }, search: {} });
    },
  });
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <TextInput
      label="Why"
      description="Stands on the document and in the trail"
      placeholder="Agreed with the customer"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus
    />
  );
}

function CreditLine({
  line,
  typed,
  currency,
  onType,
}: {
  line: InvoiceLine;
  /** Undefined while the line is not credited. */
  typed: string | undefined;
  currency: string;
  onType: (typed: string | undefined) => void;
}) {
  const { first, second } = nameLine(line);
  return (
    <div className={styles.dialogLine}>
      <Checkbox
        aria-label={`Credit ${first} ${second ?? ""}`}
        checked={typed !== undefined}
        onChange={(event) => onType(event.currentTarget.checked ? "" : undefined)}
      />
      <Text size="sm" component="div" style={{ overflowWrap: "anywhere" }}>
        {first}
        {second !== null && <span className="soft"> · {second}</span>}
        <div className="soft">
          <Amount amount={line.amount} currency={currency} />
        </div>
      </Text>
      <TextInput
        aria-label={`Amount to credit of ${first} ${second ?? ""}`}
        placeholder="all of it"
        inputMode="decimal"
        disabled={typed === undefined}
        value={typed ?? ""}
        onChange={(event) => onType(event.currentTarget.value)}
        error={typed !== undefined && typed !== "" && !isPart(typed, line.amount)}
      />
    </div>
  );
}

/** A part of a line is an amount and no more than the line; what is left of it the program knows. */
function isPart(typed: string, whole: string): boolean {
  const amount = readAmount(typed);
  return amount !== undefined && compareAmounts(amount, whole) <= 0;
}

function CreditForm({ invoice, onClose }: FormProps) {
  const [whole, setWhole] = useState(true);
  const [reason, setReason] = useState("");
  const [parts, setParts] = useState<ReadonlyMap<number, string>>(new Map());
  const lines = whole
    ? null
    : [...parts].map(([n, typed]) => ({ n, amount: typed === "" ? null : (readAmount(typed) ?? "") }));
  const fits = invoice.lines.every(({ n, amount }) => {
    const typed = parts.get(n) ?? "";
    return typed === "" || isPart(typed, amount);
  });
  const run = useCorrection(
    invoice,
    "A credit note of",
    () => credit(invoice.id, reason.trim(), lines),
    onClose,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <Stack gap="md">
        <Reason value={reason} onChange={setReason} />
        <SegmentedControl
          aria-label="How much"
          data={[
            { value: "whole", label: "All that is left" },
            { value: "lines", label: "By line" },
          ]}
          value={whole ? "whole" : "lines"}
          onChange={(next) => setWhole(next === "whole")}
        />
        {whole ? (
          <Text size="sm">
            Whatever of the {formatMoney(invoice.total, invoice.currency)} was not credited before. What it
            billed can be billed again.
          </Text>
        ) : (
          <div className={styles.scroll}>
            {invoice.lines.map((line) => (
              <CreditLine
                key={line.n}
                line={line}
                currency={invoice.currency}
                typed={parts.get(line.n)}
                onType={(typed) =>
                  setParts((before) => {
                    const after = new Map(before);
                    if (typed === undefined) after.delete(line.n);
                    else after.set(line.n, typed);
                    return after;
                  })
                }
              />
            ))}
          </div>
        )}
        {run.error !== null && <ErrorPanel error={run.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={run.isPending}
            disabled={reason.trim() === "" || (!whole && parts.size === 0) || !fits}
          >
            Draft the credit note
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ReplaceForm({ invoice, onClose }: FormProps) {
  const [reason, setReason] = useState("");
  const run = useCorrection(invoice, "A replacement of", () => replace(invoice.id, reason.trim()), onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          {invoice.number} is credited in full and the month is drafted anew from today's data, prices and
          addresses. Both documents name each other; {invoice.number} itself stays as it is.
        </Text>
        <Reason value={reason} onChange={setReason} />
        {run.error !== null && <ErrorPanel error={run.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={run.isPending} disabled={reason.trim() === ""}>
            Replace
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
