import type { ReactNode } from "react";
import styles from "./Strip.module.css";

type StripProps = {
  icon: ReactNode;
  /** What the strip is, for those who do not see it. */
  label: string;
  action?: ReactNode;
  grave?: boolean;
  children: ReactNode;
};

/** A line below a page's head that says what holds for all of it. */
export function Strip({ icon, label, action, grave, children }: StripProps) {
  return (
    <section className={`${styles.strip} ${grave ? styles.grave : ""}`} aria-label={label}>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </section>
  );
}
