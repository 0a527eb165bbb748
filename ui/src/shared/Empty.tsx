import type { ReactNode } from "react";
import styles from "./Empty.module.css";

type EmptyProps = { icon: ReactNode; title: string; children: ReactNode; action?: ReactNode };

/** What will be here, and one button that gets it there. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <div className={styles.icon} aria-hidden="true">
        {icon}
      </div>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{children}</p>
      {action}
    </div>
  );
}
