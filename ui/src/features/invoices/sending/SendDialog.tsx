import { Alert, Button, Group, Modal, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Invoice, InvoiceMessage } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { showDone } from "../../../shared/notices";
import { nameSize } from "../../../shared/sizes";
import { Answer, Waiting } from "../../../shared/Waiting";
import styles from "../Invoices.module.css";
import { message, send } from "./load";

type SendDialogProps = { invoice: Invoice; onClose: () => void };

/** Shows the mail as it will go, to be changed before it does. */
export function SendDialog({ invoice, onClose }: SendDialogProps) {
  const query = useQuery(message(invoice.id));
  return (
    <Modal opened onClose={onClose} title={`Send ${invoice.number}`} size={620}>
      <Answer query={query} waiting={<Waiting rows={6} />}>
        {(written) => <Letter invoice={invoice} written={written} onClose={onClose} />}
      </Answer>
    </Modal>
  );
}

function Attached({ written: { attachments } }: { written: InvoiceMessage }) {
  return (
    <ul className={styles.list} aria-label="Attached">
      {attachments.map(({ name, size }) => (
        <li key={name}>
          <IconPaperclip size={15} aria-hidden="true" />
          <span className={styles.grow}>{name}</span>
          <span className="soft figure">{nameSize(size)}</span>
        </li>
      ))}
    </ul>
  );
}

function Letter({ invoice, written, onClose }: SendDialogProps & { written: InvoiceMessage }) {
  const cache = useQueryClient();
  const [to, setTo] = useState(written.to);
  const [subject, setSubject] = useState(written.subject);
  const [text, setText] = useState(written.text);
  const again = invoice.sent !== null;
  const go = useMutation({
    meta: { quiet: true },
    mutationFn: () => send(invoice.id, { to, subject: subject.trim(), text, again }),
    onSuccess: (delivery) => {
      void cache.invalidateQueries();
      const whom = delivery.to.join(", ");
      showDone(delivery.state === "sent" ? `Sent to ${whom}` : `On its way to ${whom}`);
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go.mutate();
      }}
    >
      <Stack gap="sm">
        {written.problem !== null && (
          <Alert
            color="yellow"
            styles={{ title: { color: "var(--tp-warn)" } }}
            title="It cannot go like this"
            role="note"
          >
            {written.problem}
          </Alert>
        )}
        {again && (
          <Text size="sm" role="note">
            It was sent before; this sends it once more.
          </Text>
        )}
        <TagsInput
          label="To"
          description={written.to.length === 0 ? "The buyer has no address for invoices" : undefined}
          placeholder={to.length === 0 ? "accounts@example.com" : ""}
          value={to}
          onChange={setTo}
          splitChars={[",", ";", " "]}
          acceptValueOnBlur
          data-autofocus={written.to.length === 0 || undefined}
        />
        <TextInput
          label="Subject"
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label="Text"
          autosize
          minRows={6}
          maxRows={16}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Attached written={written} />
        <Text size="sm" className="soft" style={{ overflowWrap: "anywhere" }}>
          {written.from !== null && `From ${written.from}. `}
          {written.reply_to !== null && `Answers go to ${written.reply_to}. `}
          {written.copy_to.length > 0 && `A copy goes to ${written.copy_to.join(", ")}.`}
        </Text>
        {go.error !== null && <ErrorPanel error={go.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" loading={go.isPending} disabled={to.length === 0 || subject.trim() === ""}>
            {again ? "Send again" : "Send"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
