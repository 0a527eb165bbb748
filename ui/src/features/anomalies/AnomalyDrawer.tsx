import { Badge, Button, Drawer, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { Anomaly } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { isMore, nameAnomalyKind, nameImpact } from "../../shared/anomalies";
import { nameRange } from "../../shared/days";
import { type Bell, useBell } from "../../shared/door-bell";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { useLeaving } from "../../shared/useLeaving";
import styles from "./Anomaly.module.css";
import { filtersOf, judge, nameAccount, nameDimension, type Verdict, verdictOf } from "./load";

/** A share between nothing and all, as a length. */
function lengthOf(share: number): string {
  return `${Math.max(0, Math.min(100, share))}%`;
}

function Causes({ anomaly }: { anomaly: Anomaly }) {
  if (anomaly.causes.length === 0) return null;
  return (
    <section aria-label="Cause">
      <h3 className={styles.heading}>What caused it</h3>
      <ul className={styles.causes}>
        {anomaly.causes.map((cause) => (
          <li key={`${cause.dimension} ${cause.key}`} className={styles.cause}>
            <span className={styles.name}>
              <span className="soft">{nameDimension(cause.dimension)}</span>{" "}
              <strong title={cause.key}>{cause.label === "" ? "(none)" : cause.label}</strong>
            </span>
            <span className="figure">
              <Amount amount={cause.amount} currency={anomaly.currency} />{" "}
              <span className="soft">{cause.share} %</span>
            </span>
            <span className={styles.track} aria-hidden="true">
              <span className={styles.share} style={{ width: lengthOf(cause.share) }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Feedback({ anomaly, onJudged }: { anomaly: Anomaly; onJudged: (after: Anomaly) => void }) {
  const cache = useQueryClient();
  const [note, setNote] = useState(anomaly.note);
  const before: Verdict = { verdict: verdictOf(anomaly), note: anomaly.note };
  const learned = (after: Anomaly) => {
    onJudged(after);
    void cache.invalidateQueries();
  };
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (next: Verdict) => judge(anomaly.id, next),
    onSuccess: (after, { verdict }) => {
      learned(after);
      const told =
        verdict === "expected"
          ? "Marked as expected; the same here is not told again"
          : verdict === "unexpected"
            ? "Marked as not expected; it is watched more closely"
            : "The mark was taken away";
      showDone(told, () => {
        judge(anomaly.id, before).then(learned, () => undefined);
      });
    },
  });
  return (
    <section aria-label="Your judgement">
      <h3 className={styles.heading}>Was it expected?</h3>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Was it expected?"
          data={[
            { value: "none", label: "Not judged" },
            { value: "expected", label: "Expected" },
            { value: "unexpected", label: "Not expected" },
          ]}
          value={anomaly.feedback ?? "none"}
          onChange={(next) =>
            save.mutate({
              verdict: next === "none" ? null : (next as "expected" | "unexpected"),
              note: note.trim(),
            })
          }
        />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ verdict: verdictOf(anomaly), note: note.trim() });
          }}
        >
          <Group gap={8} align="flex-end" wrap="nowrap">
            <TextInput
              label="Note"
              placeholder="Why, for whoever asks later"
              style={{ flex: 1 }}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              loading={save.isPending}
              disabled={anomaly.feedback === null || note.trim() === anomaly.note}
            >
              Keep
            </Button>
          </Group>
        </form>
        {save.error !== null && <ErrorPanel error={save.error} />}
      </Stack>
    </section>
  );
}

function Body({ anomaly, onJudged, onLeave }: BodyProps) {
  const facts: [string, string][] = [
    ["Client", anomaly.client],
    ["Account", nameAccount(anomaly)],
    ["Service", anomaly.service],
    ["Usage type", anomaly.usage_type],
  ];
  return (
    <Stack gap="lg">
      <div>
        <div className={styles.title}>
          {anomaly.label}{" "}
          <Badge color="yellow" c="inherit">
            {nameAnomalyKind(anomaly.kind)}
          </Badge>
        </div>
        <div className={styles.amount}>{nameImpact(anomaly)}</div>
        <div className="soft">
          {nameRange(anomaly.from, anomaly.to)}
          {anomaly.percent !== null &&
            ` · ${formatCount(Math.abs(anomaly.percent))} % ${isMore(anomaly) ? "above" : "below"} what is usual`}
        </div>
      </div>
      <dl className={styles.facts}>
        <dt>Came</dt>
        <dd>
          <Amount amount={anomaly.actual} currency={anomaly.currency} />
        </dd>
        <dt>Expected</dt>
        <dd>
          <Amount amount={anomaly.expected} currency={anomaly.currency} />
        </dd>
        {facts
          .filter(([, said]) => said !== "")
          .map(([name, said]) => (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>{said}</dd>
            </div>
          ))}
      </dl>
      <Button
        component={Link}
        onClick={onLeave}
        rightSection={<IconArrowRight size={15} aria-hidden="true" />}
        to="/charges"
        search={{ from: anomaly.from, to: anomaly.to, ...filtersOf(anomaly) } as never}
      >
        Show the charges
      </Button>
      <Causes anomaly={anomaly} />
      <Feedback key={anomaly.id} anomaly={anomaly} onJudged={onJudged} />
    </Stack>
  );
}

type BodyProps = { anomaly: Anomaly; onJudged: (after: Anomaly) => void; onLeave: () => void };

/** Why something is unusual, and whether it was expected: opened by a mark, from any place. */
export function AnomalyDrawer() {
  const [anomaly, setAnomaly] = useState<Anomaly>();
  const [open, setOpen] = useState(false);
  useBell(
    "anomaly",
    useCallback((bell: Extract<Bell, { open: "anomaly" }>) => {
      setAnomaly(bell.anomaly);
      setOpen(true);
    }, []),
  );
  const close = () => setOpen(false);
  useLeaving(close);
  return (
    <Drawer opened={open} onClose={close} title="Unusual spend" closeButtonProps={{ "aria-label": "Close" }}>
      {anomaly !== undefined && <Body anomaly={anomaly} onJudged={setAnomaly} onLeave={close} />}
    </Drawer>
  );
}
