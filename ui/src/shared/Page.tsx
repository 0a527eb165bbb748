import { type ReactNode, useEffect } from "react";
import styles from "./Page.module.css";

type PageProps = {
  title: ReactNode;
  /** The window's title; the page's title when that is plain text. */
  name?: string;
  /** A sentence or a trail above the title. */
  above?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** Second row: what narrows the page. */
  controls?: ReactNode;
  /** What holds for all of the page, below its head. */
  banner?: ReactNode;
  /** The page's own body scrolls; its head stays. */
  fill?: boolean;
  children: ReactNode;
};

/** `condition && <Part />` leaves a false behind, for which no room is kept. */
function isThere(part: ReactNode): boolean {
  return part !== undefined && part !== null && part !== false;
}

/** The frame of every place: a head that stays, and a body. */
export function Page({ title, name, above, note, actions, controls, banner, fill, children }: PageProps) {
  const heading = name ?? (typeof title === "string" ? title : "Tallyport");
  useEffect(() => {
    document.title = heading === "Tallyport" ? heading : `${heading} · Tallyport`;
  }, [heading]);
  return (
    <div className={`${styles.page} ${fill ? "" : styles.whole}`} data-scroller={fill ? undefined : true}>
      <header className={styles.head}>
        {isThere(above) && <div className={styles.above}>{above}</div>}
        <div className={styles.line}>
          <div className={styles.titles}>
            <h1 className={styles.title}>{title}</h1>
            {isThere(note) && <div className={styles.note}>{note}</div>}
          </div>
          {isThere(actions) && <div className={styles.actions}>{actions}</div>}
        </div>
        {isThere(controls) && <div className={styles.controls}>{controls}</div>}
      </header>
      {isThere(banner) && banner}
      <div className={fill ? styles.filled : styles.body} data-scroller={fill ? undefined : true}>
        {children}
      </div>
    </div>
  );
}

type SectionProps = { title?: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A titled part of a page. */
export function Section({ title, note, actions, children }: SectionProps) {
  return (
    <section className={styles.section}>
      {(title !== undefined || actions !== undefined) && (
        <div className={styles.sectionHead}>
          {title !== undefined && <h2 className={styles.sectionTitle}>{title}</h2>}
          {isThere(note) && <span className={styles.sectionNote}>{note}</span>}
          {isThere(actions) && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
