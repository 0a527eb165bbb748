import { Group, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { InvoiceMailing } from "../../host/wire";
import { channels } from "../../shared/alerts";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { Answer } from "../../shared/Waiting";
import { mailing, saveMailing } from "./invoice-mail";

/** Channels that can carry a document. */
const MAILS = ["mail", "ses"];

/** How invoices go out: through which channel, where answers go, who gets a copy. */
export function MailingSection() {
  const cache = useQueryClient();
  const query = useQuery(mailing);
  const ways = (useQuery(channels).data ?? []).filter(({ kind }) => MAILS.includes(kind));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: saveMailing,
    onSuccess: (kept) => {
      cache.setQueryData(mailing.queryKey, kept);
      showDone("Invoices go out like that from now on");
    },
  });
  return (
    <Section title="Sending invoices" note="by mail, as PDF; buyers may have XML besides">
      <Answer query={query}>
        {(now) => {
          const copies = now.copy_to ?? [];
          const keep = (part: Partial<InvoiceMailing>) => save.mutate({ ...now, ...part });
          return (
            <Stack gap="sm">
              <Group grow align="flex-start" gap="sm">
                <Select
                  label="Through"
                  placeholder={ways.length === 0 ? "No mail channel yet" : "The only one there is"}
                  clearable
                  data={ways.map(({ id, name }) => ({ value: String(id), label: name }))}
                  value={now.channel === null ? null : String(now.channel)}
                  onChange={(next) => keep({ channel: next === null ? null : Number(next) })}
                />
                <TextInput
                  key={now.reply_to}
                  label="Answers go to"
                  placeholder="The sender's address"
                  type="email"
                  defaultValue={now.reply_to ?? ""}
                  onBlur={({ currentTarget: { value } }) =>
                    value.trim() !== (now.reply_to ?? "") && keep({ reply_to: value.trim() || null })
                  }
                />
                <TagsInput
                  label="Copies to"
                  placeholder={copies.length === 0 ? "Nobody" : ""}
                  value={copies}
                  splitChars={[",", ";", " "]}
                  acceptValueOnBlur
                  onChange={(copy_to) => keep({ copy_to })}
                />
              </Group>
              {ways.length === 0 && (
                <Text size="sm" className="soft">
                  Invoices go out through a mail channel. <Link to="/alerts/channels">Set one up</Link>, with
                  your own server or Amazon SES.
                </Text>
              )}
              {save.error !== null && <ErrorPanel error={save.error} />}
            </Stack>
          );
        }}
      </Answer>
    </Section>
  );
}
