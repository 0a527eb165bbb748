import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Channel } from "../../../host/wire";
import { channels } from "../../../shared/alerts";
import { Page, Section } from "../../../shared/Page";
import { Answer } from "../../../shared/Waiting";
import styles from "../Alerts.module.css";
import { AlertsTabs } from "../AlertsTabs";
import { ChannelCard } from "./ChannelCard";
import { ChannelDrawer } from "./ChannelDrawer";
import { KINDS, type Kind, kindOf } from "./kinds";

const ADDED = ["mail", "slack", "teams", "webhook", "ses", "sms"] as const;

/** By which ways notices go out. */
export function ChannelsPage() {
  const query = useQuery(channels);
  const [open, setOpen] = useState<{ kind: Kind; channel?: Channel }>();
  return (
    <Page
      title="Alerts"
      note="By which ways notices go out"
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />}>Set up a channel</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {ADDED.map((kind) => {
              const { name, icon: Icon } = KINDS[kind];
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Icon size={16} stroke={1.7} aria-hidden="true" />}
                  onClick={() => setOpen({ kind })}
                >
                  {name}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      }
      controls={<AlertsTabs current="channels" />}
    >
      <Answer query={query}>
        {(all) => (
          <>
            {all.map((channel) => (
              <ChannelCard
                key={channel.id}
                channel={channel}
                onChange={() => setOpen({ kind: kindOf(channel), channel })}
              />
            ))}
            {all.every((one) => one.kind === "popup") && (
              <div style={{ marginTop: 28 }}>
                <Section title="Be told elsewhere, too" note="popups reach only who sits at this desktop">
                  <div className={styles.kinds}>
                    {ADDED.map((kind) => {
                      const { name, icon: Icon } = KINDS[kind];
                      return (
                        <button
                          key={kind}
                          type="button"
                          className={`plain ${styles.kind}`}
                          onClick={() => setOpen({ kind })}
                        >
                          <Icon size={19} stroke={1.6} aria-hidden="true" />
                          {name}
                        </button>
                      );
                    })}
                  </div>
                </Section>
              </div>
            )}
          </>
        )}
      </Answer>
      <ChannelDrawer kind={open?.kind} channel={open?.channel} onClose={() => setOpen(undefined)} />
    </Page>
  );
}
