import { Button, Group, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconDeviceFloppy, IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { ExportTable } from "../../shared/ExportTable";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { useMay } from "../../shared/permissions";
import { saveBackup, verify } from "./load";
import styles from "./Settings.module.css";

/** Keeps the file safe: checks that it is whole, and makes a copy of it. */
export function Care({ name }: { name: string }) {
  const mayAdminister = useMay("administer the workspace");
  const check = useMutation({ meta: { quiet: true }, mutationFn: verify });
  const backup = useMutation({
    meta: { quiet: true },
    mutationFn: () => saveBackup(name),
    onSuccess: (where) => where !== null && showDone(`The backup was saved as ${where}`),
  });
  return (
    <Section
      title="Safety"
      note="the file is encrypted; a backup opens with the same keys"
      actions={mayAdminister && <ExportTable label="Audit trail" file={{ table: "audit" }} />}
    >
      <Group gap={8}>
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} aria-hidden="true" />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          Verify the workspace
        </Button>
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={16} aria-hidden="true" />}
          loading={backup.isPending}
          onClick={() => backup.mutate()}
        >
          Save a backup…
        </Button>
      </Group>
      {check.error !== null && <ErrorPanel error={check.error} />}
      {backup.error !== null && <ErrorPanel error={backup.error} />}
      {check.data !== undefined && (
        <ul className={styles.checks} role="status" aria-label="Checks">
          {check.data.checks.map((one) => (
            <li key={one.name} className={styles.check}>
              {one.ok ? (
                <IconCircleCheck size={17} color="var(--tp-good)" aria-label="Right" />
              ) : (
                <IconCircleX size={17} color="var(--tp-danger)" aria-label="Wrong" />
              )}
              <span>
                <strong>{one.name}</strong>
                <Text size="sm" c="dimmed">
                  {one.detail}
                </Text>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
