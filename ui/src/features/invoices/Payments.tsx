import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Invoice, Payment } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameDay, nameMoment, today } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatMoney, isNegative, readSigned, writeAmount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { useMay } from "../../shared/permissions";
import styles from "./Invoices.module.css";
import { may, pay, removePayment } from "./load";

type PaymentDialogProps = { invoice: Invoice; opened: boolean; onClose: () => void };

/** Records that money came in; what is left is proposed. */
export function PaymentDialog({ invoice, opened, onClose }: PaymentDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Record a payment">
      {opened && <PaymentForm invoice={invoice} onClose={onClose} />}
    </Modal>
  );
}

function PaymentForm({ invoice, onClose }: Omit<PaymentDialogProps, "opened">) {
  const cache = useQueryClient();
  const back = isNegative(invoice.open);
  const [day, setDay] = useState(today());
  const [typed, setTyped] = useState(writeAmount(invoice.open));
  const [reference, setReference] = useState("");
  const amount = readSigned(typed);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => pay(invoice.id, { day, amount: amount ?? "", reference: reference.trim() }),
    onSuccess: (paid) => {
      void cache.invalidateQueries();
      showDone(
        paid.state === "paid"
          ? `${invoice.number} is paid`
          : `Recorded; ${formatMoney(paid.open, paid.currency)} of ${invoice.number} are left to pay`,
      );
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <Group grow align="flex-start" gap="sm">
          <TextInput
            label={`Amount, ${invoice.currency}`}
            description={back ? "With a minus: it goes back" : undefined}
            inputMode="decimal"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={amount === undefined && "An amount such as 1,200.50"}
            data-autofocus
          />
          <DatePickerInput
            label={back ? "Paid back on" : "Received on"}
            description={back ? " " : undefined}
            value={day}
            valueFormat="MMM D, YYYY"
            maxDate={today()}
            onChange={(next) => next !== null && setDay(next)}
          />
        </Group>
        <TextInput
          label="Reference"
          placeholder="As the bank says it; optional"
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={amount === undefined}>
            Record payment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Takes a payment back that was recorded wrongly; it stays in the trail with the reason. */
function RemoveDialog({
  invoice,
  payment,
  onClose,
}: {
  invoice: Invoice;
  payment: Payment | undefined;
  onClose: () => void;
}) {
  const cache = useQueryClient();
  const [reason, setReason] = useState("");
  const remove = useMutation({
    meta: { quiet: true },
    mutationFn: () => removePayment(invoice.id, payment?.n ?? 0, reason.trim()),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone("The payment was taken back");
      onClose();
    },
  });
  const { reset } = remove;
  useEffect(() => {
    if (payment === undefined) return;
    reset();
    setReason("");
  }, [payment, reset]);
  return (
    <Modal opened={payment !== undefined} onClose={onClose} title="Take this payment back?">
      {payment !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate();
          }}
        >
          <Stack gap="sm">
            <Text size="sm">
              {formatMoney(payment.amount, invoice.currency)} of {nameDay(payment.day)} no longer count as
              paid. The record stays, struck through, with your name and reason.
            </Text>
            <TextInput
              label="Why"
              placeholder="Recorded on the wrong invoice"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            {remove.error !== null && <ErrorPanel error={remove.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Keep it
              </Button>
              <Button type="submit" color="red" loading={remove.isPending} disabled={reason.trim() === ""}>
                Take it back
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** What came in for an invoice, with what was recorded by mistake struck through. */
export function Payments({ invoice }: { invoice: Invoice }) {
  const { payments, currency } = invoice;
  const [recording, record] = useDisclosure(false);
  const [removing, setRemoving] = useState<Payment>();
  const mayIssue = useMay("issue invoices");
  return (
    <section className={styles.part} aria-label="Payments">
      <div className={styles.partHead}>
        <h2>Payments</h2>
        {may(invoice, "pay") && (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={record.open}
          >
            Record…
          </Button>
        )}
      </div>
      {payments.length === 0 && <span className="soft">Nothing was paid yet.</span>}
      <ul className={styles.list}>
        {payments.map((payment) => (
          <li key={payment.n}>
            <span className={`${styles.grow} ${payment.removed === null ? "" : styles.struck}`}>
              {nameDay(payment.day)}
              {payment.reference !== null && payment.reference !== "" && (
                <span className="soft"> · {payment.reference}</span>
              )}
            </span>
            <span className={payment.removed === null ? "" : `soft ${styles.struck}`}>
              <Amount amount={payment.amount} currency={currency} />
            </span>
            {payment.removed === null ? (
              mayIssue && (
                <ActionIcon
                  aria-label={`Take back the payment of ${nameDay(payment.day)}`}
                  onClick={() => setRemoving(payment)}
                >
                  <IconTrash size={15} aria-hidden="true" />
                </ActionIcon>
              )
            ) : (
              <span className="soft" title={nameMoment(payment.removed.at)}>
                {payment.removed.reason} ({payment.removed.by})
              </span>
            )}
          </li>
        ))}
      </ul>
      <PaymentDialog invoice={invoice} opened={recording} onClose={record.close} />
      <RemoveDialog invoice={invoice} payment={removing} onClose={() => setRemoving(undefined)} />
    </section>
  );
}
