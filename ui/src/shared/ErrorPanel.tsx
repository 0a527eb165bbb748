import { Alert, Button, Code, CopyButton, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCopy, IconRefresh } from "@tabler/icons-react";
import { asRefusal } from "../host/problem";

type ErrorPanelProps = { error: unknown; retry?: (() => void) | undefined };

/** The policy to ask for, where the program names the permission that is missing. */
function policyOf(details: unknown): string | undefined {
  if (typeof details !== "object" || details === null) return undefined;
  const { policy, action } = details as { policy?: unknown; action?: unknown };
  if (typeof policy === "string") return policy;
  if (policy !== undefined && policy !== null) return JSON.stringify(policy, null, 2);
  if (typeof action !== "string") return undefined;
  return JSON.stringify(
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [action], Resource: "*" }] },
    null,
    2,
  );
}

/** What a status means to somebody who does not know its number. */
const TITLES: Record<number, string> = {
  401: "Nobody is signed in",
  403: "You may not do this",
  404: "It is not there",
  409: "It does not go with what is there",
  413: "It is too large",
  422: "This does not fit",
  500: "Something inside failed",
  502: "AWS did not answer as it should",
  503: "AWS cannot be reached",
};

/** Where a person sees to it, for refusals that another place can lift. */
const PLACES: Record<string, { href: string; label: string }> = {
  "invoice.quarantined": { href: "#/quarantine", label: "Look at what is held back" },
};

/** What happened, what it means and what to do. */
export function ErrorPanel({ error, retry }: ErrorPanelProps) {
  const refusal = asRefusal(error);
  const policy = policyOf(refusal.details);
  const place = PLACES[refusal.code];
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      title={TITLES[refusal.status] ?? refusal.title}
      role="alert"
      styles={{ title: { color: "var(--tp-danger)" } }}
    >
      <Text size="sm">{refusal.message}</Text>
      {refusal.hint !== null && (
        <Text size="sm" mt={4}>
          {refusal.hint}
        </Text>
      )}
      <Group gap={8} mt={10}>
        {retry !== undefined && (
          <Button
            variant="default"
            onClick={retry}
            leftSection={<IconRefresh size={15} aria-hidden="true" />}
          >
            Try again
          </Button>
        )}
        {place !== undefined && (
          <Button variant="default" component="a" href={place.href}>
            {place.label}
          </Button>
        )}
        {policy !== undefined && (
          <CopyButton value={policy}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={<IconCopy size={15} aria-hidden="true" />}
              >
                {copied ? "Copied" : "Copy policy"}
              </Button>
            )}
          </CopyButton>
        )}
        <Code>{refusal.code}</Code>
      </Group>
    </Alert>
  );
}
