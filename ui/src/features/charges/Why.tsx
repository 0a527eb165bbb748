import { Badge, Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Charge } from "../../host/wire";
import { nameSource, StatusBadge } from "../../shared/Basis";
import { nameDay, nameMoment, nameMonth } from "../../shared/days";
import { formatExactly, formatMoney, isZero } from "../../shared/money";
import { linesOf } from "./load";
import styles from "./Why.module.css";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  );
}

/** Where one charge comes from, what it is, and why it is whose it is. */
export function Why({ charge }: { charge: Charge }) {
  const tags = Object.entries(charge.tags);
  const lines = linesOf(charge.source);
  return (
    <Stack gap="lg">
      <div>
        <div className={styles.amount}>{formatMoney(charge.billed, charge.currency)}</div>
        <Text size="sm" c="dimmed">
          {charge.service} · {nameDay(charge.day)}
          {charge.last_day !== null && ` to ${nameDay(charge.last_day)}`}
        </Text>
      </div>

      <section>
        <h3 className={styles.heading}>Whose it is</h3>
        <dl className={styles.facts}>
          <Fact name="Owner">{charge.owner?.label ?? "Nobody"}</Fact>
          <Fact name="Because">
            {charge.rule === null ? (
              "No rule matches it."
            ) : (
              <Link to="/rules">
                Rule {charge.rule.id}: {charge.rule.text}
              </Link>
            )}
          </Fact>
        </dl>
        {charge.owner === null && charge.resource !== null && (
          <Button
            component={Link}
            variant="default"
            mt={8}
            to="/resources"
            search={{ search: charge.resource, month: charge.period } as never}
          >
            Assign this resource
          </Button>
        )}
      </section>

      <section>
        <h3 className={styles.heading}>Where it comes from</h3>
        <dl className={styles.facts}>
          <Fact name="Source">{nameSource(charge.source.kind)}</Fact>
          {charge.source.file !== null && <Fact name="File">{charge.source.file}</Fact>}
          {lines !== undefined && charge.source.file !== null && (
            <Fact name="Lines">
              {lines}{" "}
              <span className="soft">
                ({charge.lines === 1 ? "one line" : `${charge.lines} lines summed`})
              </span>
            </Fact>
          )}
          <Fact name="Version">
            {charge.source.version}, loaded {nameMoment(charge.source.loaded_at)}
          </Fact>
          <Fact name="Billing period">
            {nameMonth(charge.period)} <StatusBadge status={charge.source.status} />
          </Fact>
          <Fact name="Client">{charge.client}</Fact>
          <Fact name="Billing account">{charge.billing_account}</Fact>
        </dl>
      </section>

      <section>
        <h3 className={styles.heading}>What it is</h3>
        <dl className={styles.facts}>
          {charge.description !== "" && <Fact name="Description">{charge.description}</Fact>}
          <Fact name="Provider">{charge.provider}</Fact>
          {charge.account !== null && (
            <Fact name="Account">
              {charge.account.name === null
                ? charge.account.id
                : `${charge.account.name} (${charge.account.id})`}
            </Fact>
          )}
          {charge.region !== null && <Fact name="Region">{charge.region}</Fact>}
          {charge.resource !== null && <Fact name="Resource">{charge.resource}</Fact>}
          {charge.sku !== "" && <Fact name="SKU">{charge.sku}</Fact>}
          <Fact name="Category">
            {charge.category}
            {charge.class === "Correction" && " (correction)"}
          </Fact>
          {!(isZero(charge.quantity) && charge.unit === "") && (
            <Fact name="Quantity">
              <span className="figure">{formatExactly(charge.quantity)}</span> {charge.unit}
            </Fact>
          )}
        </dl>
        {tags.length > 0 && (
          <div className={styles.tags}>
            {tags.map(([key, value]) => (
              <Badge key={key} color="gray" c="inherit" maw="100%" title={`${key} = ${value}`}>
                {key} = {value}
              </Badge>
            ))}
          </div>
        )}
      </section>

      <section>
        <h3 className={styles.heading}>To the last digit</h3>
        <dl className={styles.facts}>
          {(["billed", "effective", "list", "contracted"] as const).map((metric) => (
            <Fact key={metric} name={metric[0]?.toUpperCase() + metric.slice(1)}>
              <span className={styles.exact}>
                {formatExactly(charge[metric])} {charge.currency}
              </span>
            </Fact>
          ))}
        </dl>
      </section>
    </Stack>
  );
}
