import { IconAlertCircle, IconChevronRight } from "@tabler/icons-react";
import { inside } from "../../shared/inside";
import { Section } from "../../shared/Page";
import styles from "./Overview.module.css";

type AttentionProps = { items: { kind: string; text: string; link: string | null }[] };

/** What waits for a person. */
export function Attention({ items }: AttentionProps) {
  if (items.length === 0) return null;
  return (
    <Section title="Needs you">
      <ul className={styles.attention}>
        {items.map((item) => {
          const href = inside(item.link);
          const body = (
            <>
              <IconAlertCircle size={16} color="var(--tp-warn)" aria-hidden="true" />
              <span>{item.text}</span>
              {href !== undefined && (
                <IconChevronRight size={15} className={styles.chevron} aria-hidden="true" />
              )}
            </>
          );
          return (
            <li key={`${item.kind} ${item.text}`}>
              {href === undefined ? (
                <span className={styles.item}>{body}</span>
              ) : (
                <a className={styles.item} href={href}>
                  {body}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
