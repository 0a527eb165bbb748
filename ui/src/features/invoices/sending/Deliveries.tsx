import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Invoice, InvoiceDelivery } from "../../../host/wire";
import { nameMoment } from "../../../shared/days";
import styles from "../Invoices.module.css";
import { deliveries } from "./load";

const STATES: Record<string, { name: string; colour: string }> = {
  waiting: { name: "On its way", colour: "yellow" },
  sent: { name: "Sent", colour: "teal" },
  failed: { name: "Failed", colour: "red" },
  dropped: { name: "Given up", colour: "red" },
};

function Delivery({ delivery }: { delivery: InvoiceDelivery }) {
  const { state, to, created_at, sent_at, attempts, next_attempt_at, error, attachments, channel } = delivery;
  const { name, colour } = STATES[state] ?? { name: state, colour: "gray" };
  return (
    <li>
      <Badge color={colour} c="inherit">
        {name}
      </Badge>
      <span className={styles.grow}>{to.join(", ")}</span>
      <div className={`soft ${styles.below}`}>
        {nameMoment(sent_at ?? created_at)} · {channel} · {attachments.map((one) => one.name).join(", ")}
        {attempts > 1 && ` · attempt ${attempts}`}
        {state === "waiting" && next_attempt_at !== null && attempts > 0 && (
          <> · again {nameMoment(next_attempt_at)}</>
        )}
      </div>
      {error !== null && <div className={styles.below}>{error}</div>}
    </li>
  );
}

/** Where the document went, when, and what the mail server said. */
export function Deliveries({ invoice }: { invoice: Invoice }) {
  const all = useQuery({ ...deliveries(invoice.id), enabled: invoice.sent !== null }).data ?? [];
  if (all.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Sent">
      <h2>Sent</h2>
      <ul className={styles.list}>
        {all.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </section>
  );
}
