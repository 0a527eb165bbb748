import { Alert, Button, Checkbox, Group, NumberInput, Stack } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconShieldCheck, IconTool } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import type { Tenant, TenantIsolation } from "../../host/wire";
import { nameMoment } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { Answer } from "../../shared/Waiting";
import { drift, mend, setQuota, verifyIsolation } from "./load";
import styles from "./Tenants.module.css";

const GIGABYTE = 1_000_000_000;

/** Where its users sign in and where its files lie, to be told to them or to be found in AWS. */
function Place({ tenant }: { tenant: Tenant }) {
  const { server, bucket, prefix, region, key, slug } = tenant;
  const facts = [
    ["Sign in at", server?.host ?? "not set up yet"],
    ["Who may connect", server?.addresses ?? ""],
    ["Files lie in", `s3://${bucket}/${prefix}`],
    ["Region", region],
    ["Encrypted with", key === "own" ? "a key of its own" : "the key that tenants share"],
    ["Short name", slug],
  ].filter(([, value]) => value !== "");
  return (
    <Section title="Where it is">
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

type Typed = string | number;

/** Gigabytes as typed; nothing is no limit. */
function bytesOf(typed: Typed): number | null {
  return typed === "" ? null : Math.round(Number(typed) * GIGABYTE);
}

function Limits({ tenant: { id, quota } }: { tenant: Tenant }) {
  const cache = useQueryClient();
  const [stored, setStored] = useState<Typed>(
    quota.stored_bytes === null ? "" : quota.stored_bytes / GIGABYTE,
  );
  const [moved, setMoved] = useState<Typed>(quota.moved_bytes === null ? "" : quota.moved_bytes / GIGABYTE);
  const [warn, setWarn] = useState<Typed>(quota.warn_percent ?? 80);
  const [stop, setStop] = useState(quota.stop ?? false);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      setQuota(id, {
        stored_bytes: bytesOf(stored),
        moved_bytes: bytesOf(moved),
        warn_percent: Number(warn),
        stop,
      }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["tenants"] });
      showDone("The limits hold from now on");
    },
  });
  return (
    <Section title="Limits" note="you are told before they are reached">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm" maw={620}>
          <Group grow align="flex-start" gap="sm">
            <NumberInput
              label="May store, GB"
              placeholder="No limit"
              min={0}
              value={stored}
              onChange={setStored}
            />
            <NumberInput
              label="May move a month, GB"
              placeholder="No limit"
              min={0}
              value={moved}
              onChange={setMoved}
            />
            <NumberInput label="Tell me at, %" min={1} max={100} value={warn} onChange={setWarn} />
          </Group>
          <Checkbox
            label="At a limit, nothing more can be uploaded; what is there can still be fetched"
            checked={stop}
            onChange={(event) => setStop(event.currentTarget.checked)}
          />
          {save.error !== null && <ErrorPanel error={save.error} />}
          <div>
            <Button type="submit" loading={save.isPending} disabled={warn === ""}>
              Save
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

const attempt = z.object({
  who: z.string(),
  what: z.string(),
  target: z.string(),
  outcome: z.string(),
  detail: z.string(),
});

function Attempts({ isolation }: { isolation: TenantIsolation }) {
  const tried = z.array(attempt).safeParse(isolation.attempts).data ?? [];
  return (
    <>
      <Alert
        color={isolation.holds ? "teal" : "red"}
        role={isolation.holds ? "status" : "alert"}
        title={isolation.holds ? "Nothing leads out of it" : "There is a way out of it"}
        styles={{ title: { color: "var(--tp-ink)" } }}
        mb="sm"
      >
        Tried {nameMoment(isolation.at)}.
      </Alert>
      <ul className={styles.list} aria-label="What was tried">
        {tried.map(({ who, what, target, outcome, detail }) => (
          <li key={`${who} ${what} ${target}`} title={detail}>
            {outcome === "refused" || outcome === "allowed" ? (
              <IconCircleCheck size={16} color="var(--tp-good)" aria-hidden="true" />
            ) : (
              <IconCircleX size={16} color="var(--tp-danger)" aria-hidden="true" />
            )}
            <span className={styles.grow}>
              {who}: {what} <span className="soft">{target}</span>
            </span>
            <span>{outcome}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether the tenant can reach what is another's: tried, not concluded. */
function Isolation({ tenant }: { tenant: Tenant }) {
  const cache = useQueryClient();
  const run = useMutation({
    meta: { quiet: true },
    mutationFn: () => verifyIsolation(tenant.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["tenants"] }),
  });
  const found = run.data ?? tenant.isolation;
  return (
    <Section
      title="Isolation"
      note="really tries to reach what is another tenant's"
      actions={
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={15} aria-hidden="true" />}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          Try it
        </Button>
      }
    >
      {run.error !== null && <ErrorPanel error={run.error} />}
      {found === null ? <span className="soft">It was never tried.</span> : <Attempts isolation={found} />}
    </Section>
  );
}

/** What in AWS is not as it was set here, and the way to have it so again. */
function Drift({ tenant }: { tenant: Tenant }) {
  const cache = useQueryClient();
  const query = useQuery(drift(tenant.id));
  const put = useMutation({
    meta: { quiet: true },
    mutationFn: () => mend(tenant.id),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["tenants"] });
      showDone("AWS has it as it was set here");
    },
  });
  return (
    <Section title="What AWS has" note="against what was set here">
      <Answer query={query}>
        {(found) =>
          found.length === 0 ? (
            <span className="soft">Everything is as it was set.</span>
          ) : (
            <Stack gap="sm">
              <ul className={styles.list} aria-label="What differs">
                {found.map(({ part, what, wanted, found: there }) => (
                  <li key={`${part} ${what}`}>
                    <strong>{part}</strong>
                    <span className={styles.grow}>
                      {what}: <span className="soft">set</span> {wanted}{" "}
                      <span className="soft">but found</span> {there}
                    </span>
                  </li>
                ))}
              </ul>
              {put.error !== null && <ErrorPanel error={put.error} />}
              <div>
                <Button
                  leftSection={<IconTool size={15} aria-hidden="true" />}
                  loading={put.isPending}
                  onClick={() => put.mutate()}
                >
                  Set it as it was
                </Button>
              </div>
            </Stack>
          )
        }
      </Answer>
    </Section>
  );
}

/** What was set for a tenant, and whether it still holds. */
export function SettingsTab({ tenant }: { tenant: Tenant }) {
  return (
    <>
      <Place tenant={tenant} />
      <Limits key={JSON.stringify(tenant.quota)} tenant={tenant} />
      <Isolation tenant={tenant} />
      <Drift tenant={tenant} />
    </>
  );
}
