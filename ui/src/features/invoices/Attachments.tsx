import { ActionIcon, Button, FileButton } from "@mantine/core";
import { IconPaperclip, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Invoice } from "../../host/wire";
import { showDone } from "../../shared/notices";
import { useMay } from "../../shared/permissions";
import { nameSize } from "../../shared/sizes";
import styles from "./Invoices.module.css";
import { attach, removeAttachment, saveAttachment } from "./load";

/** Files that belong to the document: a contract, a time sheet. */
export function Attachments({ invoice }: { invoice: Invoice }) {
  const cache = useQueryClient();
  const mayIssue = useMay("issue invoices");
  const { id, attachments } = invoice;
  // With what was issued they stay.
  const mayRemove = mayIssue && invoice.issued_on === null;
  const changed = () => cache.invalidateQueries({ queryKey: ["invoice", id] });
  const add = useMutation({ mutationFn: (file: File) => attach(id, file), onSettled: changed });
  const save = useMutation({
    mutationFn: ({ n, name }: { n: number; name: string }) => saveAttachment(id, n, name),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  const remove = useMutation({ mutationFn: (n: number) => removeAttachment(id, n), onSettled: changed });
  if (!mayIssue && attachments.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Attachments">
      <div className={styles.partHead}>
        <h2>Attachments</h2>
        {mayIssue && (
          <FileButton onChange={(file) => file !== null && add.mutate(file)}>
            {(props) => (
              <Button
                {...props}
                variant="subtle"
                loading={add.isPending}
                leftSection={<IconPaperclip size={15} aria-hidden="true" />}
              >
                Attach…
              </Button>
            )}
          </FileButton>
        )}
      </div>
      {attachments.length === 0 && <span className="soft">No file is attached.</span>}
      <ul className={styles.list}>
        {attachments.map(({ n, name, size }) => (
          <li key={n}>
            <button type="button" className={`plain ${styles.grow}`} onClick={() => save.mutate({ n, name })}>
              <bdi>{name}</bdi>
            </button>
            <span className="soft figure">{nameSize(size)}</span>
            {mayRemove && (
              <ActionIcon aria-label={`Remove ${name}`} onClick={() => remove.mutate(n)}>
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
