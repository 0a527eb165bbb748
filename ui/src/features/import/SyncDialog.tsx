import { Button, Checkbox, Code, Group, Modal, Spoiler, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Amount } from "../../shared/Amount";
import { nameRange } from "../../shared/days";
import { type Bell, useBell } from "../../shared/door-bell";
import { formatCount, formatMoney } from "../../shared/money";
import { Answer } from "../../shared/Waiting";
import { describeFiles, isExport, planSync, startSync } from "./load";
import styles from "./SyncDialog.module.css";

/** Shows what a sync asks of AWS and what AWS charges for the asking, before it runs. */
export function SyncDialog() {
  const [agreed, setAgreed] = useState(false);
  const [open, setOpen] = useState<{ client?: string | undefined }>();
  useBell(
    "sync",
    useCallback((bell: Extract<Bell, { open: "sync" }>) => {
      setAgreed(false);
      setOpen({ client: bell.client });
    }, []),
  );
  const close = () => setOpen(undefined);
  const plan = useQuery({
    queryKey: ["sync plan", open?.client],
    queryFn: () => planSync(open?.client),
    enabled: open !== undefined,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const toAgree = plan.data?.toAgree ?? null;
  const run = useMutation({
    mutationFn: () => startSync(open?.client, agreed && toAgree !== null ? toAgree : undefined),
    onSuccess: close,
  });
  return (
    <Modal opened={open !== undefined} onClose={close} title="Sync with AWS" size={520}>
      <Stack gap="md">
        <Answer query={plan}>
          {({ plans }) =>
            plans.length === 0 ? (
              <Text size="sm">
                No client has a connection to AWS yet. Add one under Clients, then sync here.
              </Text>
            ) : (
              <>
                {plans.some((one) => !isExport(one)) && (
                  <Text size="sm">
                    AWS charges $0.01 for each request to Cost Explorer, and each page of a long answer is
                    one. How many pages there are shows only when they come, so this is an estimate.
                  </Text>
                )}
                {plans.map((one) => (
                  <div key={`${one.client} ${one.connection}`} className={styles.plan}>
                    <div className={styles.head}>
                      <strong className="elide">
                        {one.client} · {one.connection}
                      </strong>
                      <strong>
                        <Amount amount={one.price} currency={one.currency} />
                      </strong>
                    </div>
                    <Text size="sm" c="dimmed">
                      {isExport(one)
                        ? describeFiles(one)
                        : `About ${formatCount(one.requests)} requests · ${nameRange(one.from, one.to)}`}
                    </Text>
                    <Spoiler
                      maxHeight={0}
                      showLabel="Show the requests"
                      hideLabel="Hide the requests"
                      fz="sm"
                    >
                      <Code block className={styles.calls}>
                        {one.calls.join("\n")}
                      </Code>
                    </Spoiler>
                  </div>
                ))}
              </>
            )
          }
        </Answer>
        {toAgree !== null && (
          <Checkbox
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
            label={`AWS may charge up to ${formatMoney(toAgree, "USD")} for rolling up large months in Athena`}
            description="Otherwise months that are too large to fetch are left out; all others are loaded."
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            disabled={(plan.data?.plans ?? []).length === 0}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            Sync now
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
