import type { ReactNode } from "react";
import styles from "./Scrolled.module.css";

type ScrolledProps = {
  /** What is in it, for those who do not see it. */
  label: string;
  children: ReactNode;
};

/** A long list within a dialog: scrolled by itself, by the keys as well. */
export function Scrolled({ label, children }: ScrolledProps) {
  return (
    <section className={styles.scrolled} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
