import { useQueries } from "@tanstack/react-query";
import type { RuleDraft, RulePreview } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { nameMatcher, previewRule } from "./load";
import styles from "./Resources.module.css";

/** More than this many are counted, not shown one by one. */
const SHOWN = 8;

function One({ preview, title }: { preview: RulePreview; title: string | undefined }) {
  if (preview.charges === 0) {
    return (
      <p style={{ margin: 0 }}>
        {title ?? "Nothing"}: matches no charge that is loaded. It will hold for bills to come.
      </p>
    );
  }
  return (
    <div>
      <strong>
        {title !== undefined && `${title}: `}
        {formatCount(preview.charges)} {preview.charges === 1 ? "charge" : "charges"},{" "}
        {preview.amounts.map((one, at) => (
          <span key={one.currency}>
            {at > 0 && " and "}
            <Amount amount={one.amount} currency={one.currency} />
          </span>
        ))}
      </strong>
      <ul className={styles.from} aria-label="Who has them now">
        {preview.now_owned_by.map((owner) => (
          <li key={`${owner.key} ${owner.currency}`}>
            <span>now {owner.key === "unowned" ? "nobody's" : `of ${owner.label}`}</span>
            <Amount amount={owner.amount} currency={owner.currency} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What would change hands, before it does. */
export function Preview({ drafts }: { drafts: RuleDraft[] }) {
  const answers = useQueries({
    queries: drafts.slice(0, SHOWN).map((draft) => ({
      queryKey: ["rule preview", draft],
      queryFn: () => previewRule(draft),
      retry: false,
    })),
  });
  const failed = answers.find((answer) => answer.error !== null);
  if (failed !== undefined) return <ErrorPanel error={failed.error} />;
  return (
    <section className={styles.preview} aria-label="What changes hands" aria-live="polite">
      {answers.map((answer, at) => {
        const matcher = drafts[at]?.matchers[0];
        const title = drafts.length > 1 && matcher !== undefined ? nameMatcher(matcher) : undefined;
        return answer.data === undefined ? (
          <p key={title ?? at} className="soft" style={{ margin: 0 }}>
            Looking what changes hands…
          </p>
        ) : (
          <One key={title ?? at} preview={answer.data} title={title} />
        );
      })}
      {drafts.length > SHOWN && <p className="soft">and {drafts.length - SHOWN} more</p>}
    </section>
  );
}
