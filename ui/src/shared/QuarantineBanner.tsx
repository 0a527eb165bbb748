import { Button } from "@mantine/core";
import { IconShieldExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { nameDay, nameMonth } from "./days";
import { ring } from "./door-bell";
import { formatMoney } from "./money";
import { quarantine } from "./queries";
import { Strip } from "./Strip";

type QuarantineBannerProps = {
  /** Months of the page, first and last; what is held back elsewhere is not its matter. */
  from: string;
  to: string;
};

/** Says which figures of these months are held back, what was expected and what came. */
export function QuarantineBanner({ from, to }: QuarantineBannerProps) {
  const held = useQuery(quarantine);
  const items = (held.data ?? []).filter(
    (item) => item.released === null && item.period >= from && item.period <= to,
  );
  const [first, ...others] = items;
  if (first === undefined) return null;
  return (
    <Strip
      grave
      icon={<IconShieldExclamation size={17} aria-hidden="true" />}
      label="Held back"
      action={
        others.length === 0 ? (
          <Button variant="default" onClick={() => ring({ open: "release", id: first.id })}>
            Release…
          </Button>
        ) : (
          <Button variant="default" component={Link} to="/quarantine">
            All {items.length}
          </Button>
        )
      }
    >
      <strong>
        {first.client}, {nameMonth(first.period)} is in quarantine
        {others.length > 0 && `, and ${others.length} more`}.
      </strong>{" "}
      Expected about {formatMoney(first.expected, first.currency)}
      {first.day !== null && ` on ${nameDay(first.day)}`}, came:{" "}
      <span title={first.text}>{formatMoney(first.actual, first.currency)}</span>. No invoice is made of it
      until somebody releases it.
    </Strip>
  );
}
