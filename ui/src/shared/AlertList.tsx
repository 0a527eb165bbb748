import { Link } from "@tanstack/react-router";
import type { Alert } from "../host/wire";
import styles from "./AlertList.module.css";
import { nameAlertState } from "./alerts";
import { nameMoment } from "./days";
import { SeverityIcon } from "./SeverityIcon";

/** What was raised and what became of it. */
export function AlertList({ alerts, empty }: { alerts: Alert[]; empty: string }) {
  if (alerts.length === 0) return <p className="soft">{empty}</p>;
  return (
    <ul className={styles.list} aria-label="Alerts">
      {alerts.map((alert) => (
        <li key={alert.id}>
          <SeverityIcon severity={alert.severity} />
          <div className={styles.grow}>
            <Link to="/alerts" search={{ state: "all", alert: alert.id }}>
              {alert.title}
            </Link>
            <div className="soft">{alert.text}</div>
          </div>
          <div className={styles.side}>
            <div>{nameMoment(alert.raised_at)}</div>
            <div className="soft">
              {nameAlertState(alert.state)}
              {alert.acknowledged !== null && ` by ${alert.acknowledged.by}`}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
