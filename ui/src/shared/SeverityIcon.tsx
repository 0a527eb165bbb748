import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";

const SEVERITIES: Record<string, { icon: typeof IconInfoCircle; colour: string; name: string }> = {
  urgent: { icon: IconAlertOctagon, colour: "var(--tp-danger)", name: "Urgent" },
  warning: { icon: IconAlertTriangle, colour: "var(--tp-warn)", name: "Warning" },
  notice: { icon: IconInfoCircle, colour: "var(--tp-accent)", name: "Notice" },
};

export function nameSeverity(severity: string): string {
  return SEVERITIES[severity]?.name ?? severity;
}

/** How urgent something is: a shape and a colour, and a word for those who see neither. */
export function SeverityIcon({ severity, size = 17 }: { severity: string; size?: number }) {
  const {
    icon: Icon,
    colour,
    name,
  } = SEVERITIES[severity] ?? {
    icon: IconInfoCircle,
    colour: "var(--tp-accent)",
    name: severity,
  };
  return <Icon size={size} color={colour} role="img" aria-label={name} />;
}
