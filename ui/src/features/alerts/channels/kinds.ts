import {
  IconBrandSlack,
  IconBrandTeams,
  IconDeviceDesktop,
  IconDeviceMobileMessage,
  IconMail,
  IconMailForward,
  IconWebhook,
} from "@tabler/icons-react";
import { z } from "zod";
import type { Channel, ChannelDraft } from "../../../host/wire";

export type Kind = "popup" | "mail" | "ses" | "slack" | "teams" | "webhook" | "sms";

/** `hidden` is a setting that goes in and never comes out, `secret` the one that proves who sends. */
type Input = "text" | "lines" | "number" | "list" | "switch" | "secret" | "hidden" | "connection";

/** One thing to fill in. */
export type Field = {
  key: string;
  label: string;
  description?: string;
  placeholder?: string;
  as: Input | { value: string; label: string }[];
  optional?: boolean;
};

const PRIVATE: Field = {
  key: "allow_private",
  label: "It may be in our own network",
  description: "Otherwise private addresses are refused, so that nobody reaches inside through a notice",
  as: "switch",
};
const TO: Field = { key: "to", label: "To", placeholder: "finance@example.com, ada@example.com", as: "list" };
const CONNECTION: Field = { key: "connection", label: "Sent by", as: "connection" };
const REGION: Field = {
  key: "region",
  label: "Region",
  placeholder: "eu-central-1",
  as: "text",
  optional: true,
};

export const KINDS: Record<Kind, { name: string; icon: typeof IconMail; note: string; fields: Field[] }> = {
  popup: {
    name: "Desktop popup",
    icon: IconDeviceDesktop,
    note: "On this desktop, always; a click opens what it speaks of.",
    fields: [],
  },
  mail: {
    name: "Mail",
    icon: IconMail,
    note: "Through your own mail server, encrypted.",
    fields: [
      { key: "host", label: "Server", placeholder: "smtp.example.com", as: "text" },
      { key: "port", label: "Port", placeholder: "587", as: "number" },
      {
        key: "security",
        label: "Protected by",
        as: [
          { value: "starttls", label: "STARTTLS (587)" },
          { value: "tls", label: "TLS (465)" },
          { value: "none", label: "Nothing: a server on this computer" },
        ],
      },
      { key: "user", label: "User", placeholder: "Optional", as: "text", optional: true },
      { key: "secret", label: "Password", as: "secret", optional: true },
      { key: "from", label: "From", placeholder: "tallyport@example.com", as: "text" },
      TO,
      {
        key: "certificate",
        label: "Certificate of your own authority",
        placeholder: "-----BEGIN CERTIFICATE-----   (optional)",
        as: "lines",
        optional: true,
      },
    ],
  },
  ses: {
    name: "Mail by Amazon SES",
    icon: IconMailForward,
    note: "By an account of AWS that may send from a verified address.",
    fields: [
      CONNECTION,
      REGION,
      { key: "from", label: "From", placeholder: "An address that SES has verified", as: "text" },
      TO,
    ],
  },
  slack: {
    name: "Slack",
    icon: IconBrandSlack,
    note: "By an incoming webhook of a Slack channel.",
    fields: [
      {
        key: "secret",
        label: "Webhook address",
        placeholder: "https://hooks.slack.com/services/…",
        as: "secret",
      },
      PRIVATE,
    ],
  },
  teams: {
    name: "Microsoft Teams",
    icon: IconBrandTeams,
    note: "By a workflow of a Teams channel that takes webhooks.",
    fields: [{ key: "secret", label: "Webhook address", placeholder: "https://…", as: "secret" }, PRIVATE],
  },
  webhook: {
    name: "Webhook",
    icon: IconWebhook,
    note: "JSON to any program, signed so that it can tell who sent it.",
    fields: [
      { key: "url", label: "Address", placeholder: "https://…", as: "hidden" },
      {
        key: "secret",
        label: "Signing key",
        description: "At least 16 characters; the receiver checks the signature with the same key",
        as: "secret",
      },
      PRIVATE,
    ],
  },
  sms: {
    name: "SMS",
    icon: IconDeviceMobileMessage,
    note: "By Amazon SNS, which charges for each message.",
    fields: [
      CONNECTION,
      REGION,
      { key: "to", label: "Numbers", placeholder: "+491701234567", as: "list" },
      { key: "sender_id", label: "Sender's name", placeholder: "Optional", as: "text", optional: true },
    ],
  },
};

/** The kind of a channel; one that this interface does not know is shown as the popup is, without settings. */
export function kindOf({ kind }: Pick<Channel, "kind">): Kind {
  return kind in KINDS ? (kind as Kind) : "popup";
}

export function nameChannelKind(kind: string): string {
  return KINDS[kind as Kind]?.name ?? kind;
}

const LEAST = ["notice", "warning", "urgent"] as const;

export const shape = z.object({
  name: z.string().trim().min(1, "Give it a name").max(100, "At most 100 characters"),
  enabled: z.boolean(),
  least: z.enum(LEAST),
  daily: z.boolean(),
  at: z.string(),
  zone: z.string(),
  /** By the keys of its kind's fields. */
  fields: z.record(z.string(), z.union([z.string(), z.boolean()])),
});

export type ChannelForm = z.infer<typeof shape>;

/** Goes in and never comes out. */
function isWriteOnly({ as }: Field): boolean {
  return as === "secret" || as === "hidden";
}

function shown(value: unknown): string | boolean {
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.join(", ");
  return value === null || value === undefined ? "" : String(value);
}

export function formOf(kind: Kind, channel: Channel | undefined, zone: string): ChannelForm {
  const usual: Record<string, string | boolean> = {
    port: "587",
    security: "starttls",
    allow_private: false,
  };
  return {
    name: channel?.name ?? KINDS[kind].name,
    enabled: channel?.enabled ?? true,
    least: LEAST.find((one) => one === channel?.least) ?? "notice",
    daily: channel?.digest != null,
    at: channel?.digest?.at ?? "08:00",
    zone: channel?.digest?.zone ?? zone,
    fields: Object.fromEntries(
      KINDS[kind].fields.map((field) => [
        field.key,
        isWriteOnly(field) || channel === undefined
          ? (usual[field.key] ?? "")
          : shown((channel.settings as Record<string, unknown>)[field.key]),
      ]),
    ),
  };
}

function typed(form: ChannelForm, key: string): string {
  const value = form.fields[key];
  return typeof value === "string" ? value.trim() : "";
}

/** What is wrong with the fields of a kind, by their keys. What is kept need not be typed again. */
export function wrongFields(kind: Kind, form: ChannelForm, kept: boolean): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const field of KINDS[kind].fields) {
    const { key, label, as, optional } = field;
    const value = typed(form, key);
    if (as === "switch" || (value === "" && (optional || (isWriteOnly(field) && kept)))) continue;
    if (value === "") wrong[`fields.${key}`] = `${label} is missing`;
    else if (as === "number" && !/^[1-9]\d{0,4}$/.test(value))
      wrong[`fields.${key}`] = "A number such as 587";
    else if (kind === "webhook" && key === "secret" && value.length < 16)
      wrong[`fields.${key}`] = "At least 16 characters";
  }
  if (form.daily && !/^([01]\d|2[0-3]):[0-5]\d$/.test(form.at)) wrong.at = "A time such as 08:00";
  return wrong;
}

function settingOf(field: Field, form: ChannelForm): unknown {
  const text = typed(form, field.key);
  if (field.as === "switch") return form.fields[field.key] === true;
  if (field.as === "number" || field.as === "connection") return text === "" ? null : Number(text);
  if (field.as === "list")
    return text
      .split(/[\s,;]+/)
      .map((one) => one.trim())
      .filter((one) => one !== "");
  return text === "" && field.optional ? null : text;
}

export function draftOf(kind: Kind, form: ChannelForm): ChannelDraft {
  const secret = typed(form, "secret");
  const sent = KINDS[kind].fields.filter(
    (field) => field.as !== "secret" && !(field.as === "hidden" && typed(form, field.key) === ""),
  );
  return {
    kind,
    name: form.name.trim(),
    enabled: form.enabled,
    settings: Object.fromEntries(sent.map((field) => [field.key, settingOf(field, form)])),
    least: form.least,
    digest: form.daily ? { at: form.at, zone: form.zone } : null,
    ...(secret === "" ? {} : { secret }),
  };
}

/** A channel as it is, to be sent back with a change. */
export function sameDraft(channel: Channel): ChannelDraft {
  const kind = kindOf(channel);
  return draftOf(kind, formOf(kind, channel, channel.digest?.zone ?? "UTC"));
}
