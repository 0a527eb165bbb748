import { Button, Menu } from "@mantine/core";
import { IconArrowRight, IconCheck, IconChevronDown, IconClockPause } from "@tabler/icons-react";
import type { Alert } from "../../host/wire";
import { nameAlertState } from "../../shared/alerts";
import { nameMoment, nameRange } from "../../shared/days";
import { inside } from "../../shared/inside";
import { SeverityIcon } from "../../shared/SeverityIcon";
import styles from "./Alerts.module.css";
import { deedsOf } from "./load";

type AlertLineProps = {
  alert: Alert;
  index: number;
  chosen: boolean;
  busy: boolean;
  onChoose: () => void;
  onDeed: (deed: "acknowledge" | "snooze" | "reopen", days?: number) => void;
};

const SNOOZES = [
  [1, "For a day"],
  [3, "For three days"],
  [7, "For a week"],
] as const;

function stateOf(alert: Alert): string {
  if (alert.state === "acknowledged" && alert.acknowledged !== null)
    return `acknowledged by ${alert.acknowledged.by}, ${nameMoment(alert.acknowledged.at)}`;
  if (alert.state === "snoozed" && alert.snoozed_until !== null)
    return `snoozed until ${nameMoment(alert.snoozed_until)}`;
  return nameAlertState(alert.state);
}

/** One alert with what can be done about it. */
export function AlertLine({ alert, index, chosen, busy, onChoose, onDeed }: AlertLineProps) {
  const href = inside(alert.place);
  const deeds = deedsOf(alert);
  const done = alert.state !== "open";
  return (
    <li
      data-index={index}
      data-alert={alert.id}
      className={`${styles.alert} ${chosen ? styles.chosen : ""} ${done ? styles.done : ""}`}
    >
      <span className={styles.icon}>
        <SeverityIcon severity={alert.severity} size={19} />
      </span>
      <div className={styles.text}>
        <button
          type="button"
          className={`plain ${styles.title}`}
          data-nav
          tabIndex={-1}
          aria-current={chosen ? "true" : undefined}
          onClick={onChoose}
        >
          {alert.title}
        </button>
        <div>{alert.text}</div>
        <div className={styles.meta}>
          {nameMoment(alert.raised_at)} · {nameRange(alert.from, alert.to)}
          {done && ` · ${stateOf(alert)}`}
        </div>
      </div>
      <div className={styles.deeds}>
        {href !== undefined && (
          <Button
            component="a"
            href={href}
            variant="default"
            rightSection={<IconArrowRight size={14} aria-hidden="true" />}
            aria-label={`Open: ${alert.title}`}
          >
            Open
          </Button>
        )}
        {deeds.includes("acknowledge") && (
          <Button
            variant="default"
            disabled={busy}
            leftSection={<IconCheck size={14} aria-hidden="true" />}
            aria-label={`Acknowledge: ${alert.title}`}
            onClick={() => onDeed("acknowledge")}
          >
            Acknowledge
          </Button>
        )}
        {deeds.includes("snooze") && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="default"
                disabled={busy}
                leftSection={<IconClockPause size={14} aria-hidden="true" />}
                rightSection={<IconChevronDown size={13} aria-hidden="true" />}
                aria-label={`Snooze: ${alert.title}`}
              >
                Snooze
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {SNOOZES.map(([days, label]) => (
                <Menu.Item key={days} onClick={() => onDeed("snooze", days)}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {deeds.includes("reopen") && (
          <Button
            variant="default"
            disabled={busy}
            aria-label={`Back in the inbox: ${alert.title}`}
            onClick={() => onDeed("reopen")}
          >
            Back in the inbox
          </Button>
        )}
      </div>
    </li>
  );
}
