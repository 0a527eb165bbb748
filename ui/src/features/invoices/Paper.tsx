import { useQuery } from "@tanstack/react-query";
import { Pages } from "../../shared/pdf/Pages";
import { Answer, Waiting } from "../../shared/Waiting";
import styles from "./Invoices.module.css";
import { paper } from "./load";

/** The very document that will be sent or was sent, page by page. */
export function Paper({ id, label }: { id: number; label: string }) {
  const query = useQuery(paper(id));
  return (
    <article className={styles.paper} aria-label={label}>
      <Answer query={query} waiting={<Waiting rows={12} />}>
        {(bytes) => <Pages bytes={bytes} />}
      </Answer>
    </article>
  );
}
