import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import type { Statement as Answer } from "../../host/wire";
import { Amount, Change } from "../../shared/Amount";
import { addMonths, firstDay, lastDay, nameMonth } from "../../shared/days";
import type { WhyAsk } from "../../shared/door-bell";
import { Figure } from "../../shared/Figure";
import type { Filters } from "../../shared/filters";
import { formatMoney } from "../../shared/money";
import { Section } from "../../shared/Page";
import styles from "./Statement.module.css";

type Result = Answer["results"][number];
type Service = Result["services"][number];
type Where = { currency: string; month: string; person: string; asOf: string | undefined };

/** What to ask about a figure of a person's month. */
function whyOf({ currency, month, person, asOf }: Where, title: string, filters: Filters): WhyAsk {
  return {
    from: firstDay(month),
    to: lastDay(month),
    as_of: asOf,
    filters: { person: [person], ...filters },
    title,
    currency,
  };
}

function ServiceRows({ service, currency, month, person, asOf }: { service: Service } & Where) {
  const [open, setOpen] = useState(false);
  const unfolds = service.resources.some((resource) => resource.resource !== null);
  const why = (title: string, filters: Filters) =>
    whyOf({ currency, month, person, asOf }, title, { service: [service.service], ...filters });
  return (
    <>
      <tr>
        <td>
          {unfolds ? (
            <UnstyledButton className={styles.service} onClick={() => setOpen(!open)} aria-expanded={open}>
              <IconChevronRight
                size={14}
                className={open ? styles.turned : styles.chevron}
                aria-hidden="true"
              />
              <span className="elide" title={service.service}>
                {service.service}
              </span>
              <span className={styles.count}>{service.resources.length}</span>
            </UnstyledButton>
          ) : (
            <span className={styles.service}>
              <span className={styles.noChevron} />
              <span className="elide" title={service.service}>
                {service.service}
              </span>
            </span>
          )}
        </td>
        <td className={styles.figures}>
          <Figure amount={service.amount} why={why(`${person}, ${service.service}`, {})} />
        </td>
        <td className={`${styles.figures} ${styles.minor} soft`}>
          <Amount amount={service.previous} currency={currency} />
        </td>
        <td className={styles.figures}>
          <Change amount={service.amount} previous={service.previous} currency={currency} />
        </td>
      </tr>
      {open &&
        service.resources.map((resource) => (
          <tr key={resource.resource ?? "none"} className={styles.resource}>
            <td>
              <span className="elide" title={resource.resource ?? undefined}>
                {resource.name ?? resource.resource ?? "Without a resource"}
              </span>
            </td>
            <td className={styles.figures}>
              {resource.resource === null ? (
                <Amount amount={resource.amount} currency={currency} />
              ) : (
                <Figure
                  amount={resource.amount}
                  why={why(resource.name ?? resource.resource, { resource: [resource.resource] })}
                />
              )}
            </td>
            <td className={styles.minor} />
            <td />
          </tr>
        ))}
    </>
  );
}

/** A person's month in one currency, as it would be read out: EC2 so much, S3 so much, in all so much. */
export function Statement({ result, ...where }: { result: Result } & Omit<Where, "currency">) {
  const { month, person, asOf } = where;
  const total = whyOf({ ...where, currency: result.currency }, person, {});
  return (
    <Section>
      <div className={styles.card}>
        <div className={styles.head}>
          <div>
            <div className="soft">
              {nameMonth(month)}, {result.currency}
            </div>
            <div className={styles.total} data-testid="statement-total">
              <Figure amount={result.total} why={total} />
            </div>
          </div>
          <div className={styles.versus}>
            <Change amount={result.total} previous={result.previous_total} currency={result.currency} />
            {result.previous_total !== null && (
              <div className="soft">
                {nameMonth(addMonths(month, -1))}: {formatMoney(result.previous_total, result.currency)}
              </div>
            )}
          </div>
        </div>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col" className={styles.figures}>
                  {nameMonth(month)}
                </th>
                <th scope="col" className={`${styles.figures} ${styles.minor}`}>
                  Month before
                </th>
                <th scope="col" className={styles.figures}>
                  Change
                </th>
              </tr>
            </thead>
            <tbody>
              {result.services.map((service) => (
                <ServiceRows
                  key={service.service}
                  service={service}
                  currency={result.currency}
                  month={month}
                  person={person}
                  asOf={asOf}
                />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td>Total</td>
                <td className={styles.figures}>
                  <Figure amount={result.total} why={total} />
                </td>
                <td className={`${styles.figures} ${styles.minor}`}>
                  {result.previous_total !== null && (
                    <Amount amount={result.previous_total} currency={result.currency} />
                  )}
                </td>
                <td className={styles.figures}>
                  <Change amount={result.total} previous={result.previous_total} currency={result.currency} />
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      </div>
    </Section>
  );
}
