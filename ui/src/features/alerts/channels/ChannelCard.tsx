import { ActionIcon, Badge, Button, Group, Menu, Switch } from "@mantine/core";
import { IconEdit, IconSend, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Channel } from "../../../host/wire";
import { nameMoment } from "../../../shared/days";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { showDone } from "../../../shared/notices";
import styles from "../Alerts.module.css";
import { KINDS, kindOf, sameDraft } from "./kinds";
import { deleteChannel, saveChannel, testChannel } from "./load";

/** Where a channel leads to, as far as it is no secret. */
function placeOf({ kind, settings }: Channel): string {
  const to = (settings.to ?? []).join(", ");
  if (kind === "mail") return `to ${to} by ${settings.host ?? ""}`;
  if (kind === "ses" || kind === "sms") return `to ${to}`;
  if (kind === "popup") return KINDS.popup.note;
  return settings.host !== null ? `to ${settings.host}` : "";
}

const LEAST: Record<string, string> = {
  notice: "everything",
  warning: "warnings and what is urgent",
  urgent: "only what is urgent",
};

/** One way by which notices go out. */
export function ChannelCard({ channel, onChange }: { channel: Channel; onChange: () => void }) {
  const cache = useQueryClient();
  const { icon: Icon, name: kindName } = KINDS[kindOf(channel)];
  const test = useMutation({
    meta: { quiet: true },
    mutationFn: () => testChannel(channel.id),
    onSettled: () => cache.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => saveChannel({ ...sameDraft(channel), enabled }, channel.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["channels"] }),
  });
  const remove = useMutation({
    mutationFn: () => deleteChannel(channel.id),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone(`${channel.name} was removed, and its secret with it`);
    },
  });
  const sent = test.data?.state === "sent";
  return (
    <section className={`${styles.card} ${channel.enabled ? "" : styles.off}`} aria-label={channel.name}>
      <Icon size={20} stroke={1.6} color="var(--tp-ink-soft)" aria-hidden="true" />
      <div className={styles.cardText}>
        <h2 className={styles.cardTitle}>
          {channel.name} {!channel.enabled && <Badge color="gray">off</Badge>}
        </h2>
        <div>{[...(channel.name === kindName ? [] : [kindName]), placeOf(channel)].join(" · ")}</div>
        <div className="soft">
          Takes {LEAST[channel.least] ?? channel.least}
          {channel.digest !== null && `, once a day at ${channel.digest.at} (${channel.digest.zone})`}
        </div>
        {channel.last !== null && (
          <div className={channel.last.error === null ? "soft" : styles.error}>
            {channel.last.error === null
              ? `Last sent ${nameMoment(channel.last.at)}`
              : `Failed ${nameMoment(channel.last.at)}: ${channel.last.error}`}
          </div>
        )}
        {test.data !== undefined && (
          <div role="status" style={{ color: sent ? "var(--tp-good)" : "var(--tp-danger)", marginTop: 6 }}>
            {sent ? "✓ The example was sent." : `✗ ${test.data.error ?? "The example waits to be sent."}`}
          </div>
        )}
        {test.error !== null && <ErrorPanel error={test.error} />}
      </div>
      <Group gap={8}>
        {channel.kind !== "popup" && (
          <Switch
            aria-label={`${channel.name} is on`}
            checked={channel.enabled}
            disabled={toggle.isPending}
            onChange={(event) => toggle.mutate(event.currentTarget.checked)}
          />
        )}
        <Button
          variant="default"
          loading={test.isPending}
          leftSection={<IconSend size={15} aria-hidden="true" />}
          onClick={() => test.mutate()}
          aria-label={`Test ${channel.name}`}
        >
          Test
        </Button>
        {channel.kind !== "popup" && (
          <>
            <ActionIcon aria-label={`Change ${channel.name}`} onClick={onChange}>
              <IconEdit size={16} aria-hidden="true" />
            </ActionIcon>
            <Menu position="bottom-end" width={280}>
              <Menu.Target>
                <ActionIcon aria-label={`Remove ${channel.name}`}>
                  <IconTrash size={15} aria-hidden="true" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>Its address and password are forgotten with it.</Menu.Label>
                <Menu.Item color="red" onClick={() => remove.mutate()}>
                  Remove {channel.name}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </Group>
    </section>
  );
}
