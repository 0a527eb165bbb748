import { Link } from "@tanstack/react-router";
import type { Invoice } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { nameDay, nameMoment } from "../../shared/days";
import { formatMoney, isNegative, isZero } from "../../shared/money";
import { Attachments } from "./Attachments";
import styles from "./Invoices.module.css";
import { Payments } from "./Payments";
import { Deliveries } from "./sending/Deliveries";
import { StateBadge } from "./states";

function Sum({ name, amount, currency }: { name: string; amount: string; currency: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Amount amount={amount} currency={currency} />
      </dd>
    </>
  );
}

/** The document this one corrects, or that corrected it. */
function Related({ invoice }: { invoice: Invoice }) {
  const { of, replaces, replaced_by, credits } = invoice;
  const found = [
    ...(of === null ? [] : [{ ...of, what: "Credits invoice" }]),
    ...(replaces === null ? [] : [{ ...replaces, what: "Replaces invoice" }]),
    ...(replaced_by === null ? [] : [{ ...replaced_by, what: "Replaced by invoice" }]),
    ...credits.map((one) => ({ ...one, what: "Credited by" })),
  ];
  if (found.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Related documents">
      <h2>Related documents</h2>
      <ul className={styles.list}>
        {found.map(({ id, number, what }) => (
          <li key={`${what} ${id}`}>
            <span className="soft">{what}</span>
            <Link to="/invoices/$id" params={{ id: String(id) }} search={{}}>
              {number ?? "a draft"}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const EVENTS: Record<string, string> = {
  drafted: "Drafted",
  changed: "Changed",
  approved: "Approved",
  withdrawn: "Approval withdrawn",
  issued: "Issued",
  sent: "Sent",
  paid: "Payment recorded",
  payment_removed: "Payment removed",
  credited: "Credited",
  replaced: "Replaced",
};

function Timeline({ history }: Pick<Invoice, "history">) {
  return (
    <section className={styles.part} aria-label="What happened">
      <h2>What happened</h2>
      <ol className={styles.timeline}>
        {history.map(({ at, by, event, text }) => (
          <li key={`${at} ${event} ${text}`}>
            <strong>{EVENTS[event] ?? event}</strong> {text !== null && text !== "" && <span>{text}</span>}
            <div className="soft">
              {nameMoment(at)} · {by}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What the document comes to, how it stands, and what belongs to it. */
export function Facts({ invoice }: { invoice: Invoice }) {
  const { currency, total, subtotal, taxes, paid, open, cost, margin, due_on, purchase_order, note } =
    invoice;
  const wasIssued = invoice.issued_on !== null;
  return (
    <aside className={styles.facts} aria-label="Facts">
      <div className={styles.card}>
        <StateBadge invoice={invoice} />
        <div className={styles.total} data-testid="invoice-total">
          <Amount amount={total} currency={currency} />
        </div>
        {due_on !== null && <div className="soft">Due {nameDay(due_on)}</div>}
        <dl className={styles.sums}>
          <Sum name="Net" amount={subtotal} currency={currency} />
          {taxes.map((tax) => (
            <Sum
              key={`${tax.category} ${tax.rate}`}
              name={tax.reason ?? `Tax ${tax.rate} % of ${formatMoney(tax.base, currency)}`}
              amount={tax.tax}
              currency={currency}
            />
          ))}
          {wasIssued && invoice.kind === "invoice" && (
            <>
              <div className={styles.rule} />
              {!isZero(paid) && <Sum name="Paid" amount={paid} currency={currency} />}
              <Sum
                name={isNegative(open) ? "Paid too much" : "Left to pay"}
                amount={open}
                currency={currency}
              />
            </>
          )}
          {purchase_order !== null && purchase_order !== "" && (
            <>
              <dt>Purchase order</dt>
              <dd style={{ overflowWrap: "anywhere" }}>{purchase_order}</dd>
            </>
          )}
        </dl>
        {note !== null && note !== "" && <p className="soft">{note}</p>}
        {cost !== null && margin !== null && (
          <div className={styles.private}>
            <span className="soft">Only you see this; it is on no paper.</span>
            <dl className={styles.sums}>
              <Sum name="What it cost" amount={cost} currency={currency} />
              <Sum name="Margin" amount={margin} currency={currency} />
            </dl>
          </div>
        )}
      </div>
      <Related invoice={invoice} />
      {wasIssued && invoice.kind === "invoice" && <Payments invoice={invoice} />}
      <Deliveries invoice={invoice} />
      <Attachments invoice={invoice} />
      <Timeline history={invoice.history} />
    </aside>
  );
}
