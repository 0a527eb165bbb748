import { Button, Drawer, Stack } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { nameDay, nameRange } from "../../shared/days";
import { type Bell, useBell, type WhyAsk } from "../../shared/door-bell";
import { formatExactly, formatMoney } from "../../shared/money";
import { useLeaving } from "../../shared/useLeaving";
import { Answer } from "../../shared/Waiting";
import { inCurrency, why } from "./load";
import styles from "./Why.module.css";
import { WhyResult } from "./WhyResult";

function Head({ ask, amount }: { ask: WhyAsk; amount: string | undefined }) {
  return (
    <div>
      <div className={styles.title}>{ask.title}</div>
      {amount !== undefined && (
        <>
          <div className={styles.amount}>{formatMoney(amount, ask.currency)}</div>
          <div className={styles.exact}>
            {formatExactly(amount)} {ask.currency} to the last digit
          </div>
        </>
      )}
      <div className="soft">
        {ask.metric === "effective" ? "Effective" : "Billed"} · {nameRange(ask.from, ask.to)}
        {ask.as_of !== undefined && ` · as known on ${nameDay(ask.as_of)}`}
      </div>
    </div>
  );
}

/** Why a number is what it is: opened by any amount, from any place. */
export function WhyDrawer() {
  const [ask, setAsk] = useState<WhyAsk>();
  const [open, setOpen] = useState(false);
  useBell(
    "why",
    useCallback((bell: Extract<Bell, { open: "why" }>) => {
      setAsk(bell.ask);
      setOpen(true);
    }, []),
  );
  const close = () => setOpen(false);
  useLeaving(close);
  return (
    <Drawer
      opened={open}
      onClose={close}
      title="Why this number?"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {ask !== undefined && <Body ask={ask} onLeave={close} />}
    </Drawer>
  );
}

function Body({ ask, onLeave }: { ask: WhyAsk; onLeave: () => void }) {
  const query = useQuery(why(ask));
  const result = query.data === undefined ? undefined : inCurrency(query.data, ask.currency);
  return (
    <Stack gap="lg" onClick={(event) => (event.target as HTMLElement).closest("a") !== null && onLeave()}>
      <Head ask={ask} amount={result?.amount} />
      <Button
        component={Link}
        rightSection={<IconArrowRight size={15} aria-hidden="true" />}
        to="/charges"
        search={
          {
            from: ask.from,
            to: ask.to,
            metric: ask.metric === "effective" ? "effective" : undefined,
            as_of: ask.as_of,
            ...ask.filters,
          } as never
        }
      >
        Show the charges
      </Button>
      <Answer query={query}>
        {(answer) =>
          result === undefined ? (
            <p className="soft">No charge is behind this number: nothing was spent here.</p>
          ) : (
            <WhyResult result={result} answer={answer} />
          )
        }
      </Answer>
    </Stack>
  );
}
