import type { ReactNode } from "react";
import styles from "./TwoLines.module.css";

type TwoLinesProps = {
  first: string;
  /** What is said of it, smaller. */
  second?: string | null | undefined;
  /** The second line tells of a fault. */
  wrong?: boolean;
  indent?: number;
  children?: ReactNode;
};

/** What a row of a table is called, and below it what else there is to say. */
export function TwoLines({ first, second, wrong, indent = 0, children }: TwoLinesProps) {
  return (
    <span className={styles.lines} style={indent === 0 ? undefined : { paddingInlineStart: indent }}>
      <span className={`${styles.first} elide`} title={first}>
        {first}
      </span>
      {second !== undefined && second !== null && second !== "" && (
        <span className={`${styles.second} ${wrong ? styles.wrong : ""} elide`} title={second}>
          {second}
        </span>
      )}
      {children}
    </span>
  );
}
