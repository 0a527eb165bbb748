import { Fragment } from "react";
import type { Invoice, InvoiceLine, Settings } from "../../host/wire";
import { firstDay, lastDay, nameDay, nameMonth } from "../../shared/days";
import { formatExactly, formatMoney } from "../../shared/money";
import { byService } from "./load";
import styles from "./Paper.module.css";

function Figure({ line, currency }: { line: InvoiceLine; currency: string }) {
  return (
    <td className={styles.figure} title={`${formatExactly(line.exact)} before rounding`}>
      {formatMoney(line.amount, currency)}
    </td>
  );
}

type PaperProps = { invoice: Invoice; settings: Settings | undefined };

/**
 * The invoice as a sheet of paper, from the same lines as its PDF. (The window's web view shows no
 * PDF by itself.)
 */
export function Paper({ invoice, settings }: PaperProps) {
  const money = (amount: string) => formatMoney(amount, invoice.currency);
  const seller = settings?.seller;
  return (
    <article className={styles.paper} aria-label="Invoice">
      {invoice.mark !== null && <div className={styles.demo}>{invoice.mark}: not a real invoice</div>}
      <header className={styles.head}>
        <div>
          <div className={styles.seller}>{seller?.name || "Your company"}</div>
          {(seller?.address ?? []).map((line) => (
            <div key={line}>{line}</div>
          ))}
          {seller?.tax_id && <div>{seller.tax_id}</div>}
          {seller?.email && <div>{seller.email}</div>}
        </div>
        <div className={styles.kind}>
          <div className={styles.word}>{invoice.state === "draft" ? "Draft" : "Invoice"}</div>
          {invoice.number !== null && <div className={styles.number}>{invoice.number}</div>}
        </div>
      </header>
      <div className={styles.meta}>
        <div>
          <div className={styles.label}>Bill to</div>
          <strong>{invoice.for.label}</strong>
        </div>
        <div>
          <div className={styles.label}>Period</div>
          {nameMonth(invoice.period)}
          <div className={styles.small}>
            {nameDay(firstDay(invoice.period))} – {nameDay(lastDay(invoice.period))}
          </div>
        </div>
        <div>
          <div className={styles.label}>Issued</div>
          {invoice.issued_on === null ? "Not yet" : nameDay(invoice.issued_on)}
        </div>
        <div>
          <div className={styles.label}>Due</div>
          {invoice.due_on === null ? "–" : nameDay(invoice.due_on)}
        </div>
      </div>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">Service and resource</th>
            <th scope="col" className={styles.figure}>
              Amount ({invoice.currency})
            </th>
          </tr>
        </thead>
        <tbody>
          {byService(invoice.lines).map((group) => {
            const only =
              group.lines.length === 1 && group.lines[0]?.resource === null ? group.lines[0] : undefined;
            return (
              <Fragment key={group.service}>
                <tr className={styles.service}>
                  <td colSpan={only === undefined ? 2 : 1}>{group.service}</td>
                  {only !== undefined && <Figure line={only} currency={invoice.currency} />}
                </tr>
                {only === undefined &&
                  group.lines.map((line) => (
                    <tr key={`${line.resource} ${line.amount}`}>
                      <td className={styles.resource}>{line.resource ?? "Without a resource"}</td>
                      <Figure line={line} currency={invoice.currency} />
                    </tr>
                  ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      <dl className={styles.sums}>
        <dt>Subtotal</dt>
        <dd>{money(invoice.subtotal)}</dd>
        <dt>Tax {invoice.tax_rate} %</dt>
        <dd>{money(invoice.tax)}</dd>
        <dt className={styles.total}>Total</dt>
        <dd className={styles.total} data-testid="invoice-total">
          {money(invoice.total)}
        </dd>
      </dl>
      {invoice.previous_total !== null && (
        <p className={styles.small}>The month before, without tax: {money(invoice.previous_total)}</p>
      )}
    </article>
  );
}
