import { Alert, Button, Code, CopyButton, Text } from "@mantine/core";
import { IconCopy, IconLock } from "@tabler/icons-react";
import { policyFor } from "./load";

/** What the credentials may not do, and the policy to ask for. */
export function MissingPermissions({ permissions }: { permissions: string[] }) {
  if (permissions.length === 0) return null;
  return (
    <Alert
      color="yellow"
      mb={10}
      icon={<IconLock size={17} aria-hidden="true" />}
      title="Some permissions are missing"
      styles={{ title: { color: "var(--tp-warn)" } }}
    >
      <Text size="sm" mb={8}>
        So there may be more than is listed:{" "}
        {permissions.map((permission, at) => (
          <span key={permission}>
            {at > 0 && ", "}
            <Code>{permission}</Code>
          </span>
        ))}
      </Text>
      <CopyButton value={policyFor(permissions)}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} leftSection={<IconCopy size={15} aria-hidden="true" />}>
            {copied ? "Copied" : "Copy policy"}
          </Button>
        )}
      </CopyButton>
    </Alert>
  );
}
