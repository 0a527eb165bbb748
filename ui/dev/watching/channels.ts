import type { Replies } from "../../src/host/fake";
import type { Channel, Delivery } from "../../src/host/wire";
import { byId, WORST } from "./parts";

const NONE: Channel["settings"] = {
  host: null,
  port: null,
  security: null,
  user: null,
  certificate: null,
  from: null,
  to: null,
  connection: null,
  region: null,
  sender_id: null,
  allow_private: null,
};

const channels: Channel[] = [
  {
    id: 0,
    kind: "popup",
    name: "Desktop popup",
    enabled: true,
    settings: NONE,
    has_secret: false,
    least: "notice",
    digest: null,
    last: null,
  },
  {
    id: 1,
    kind: "mail",
    name: "Finance by mail",
    enabled: true,
    settings: {
      ...NONE,
      host: "smtp.northwind.example",
      port: 587,
      security: "starttls",
      user: "tallyport",
      from: "tallyport@northwind.example",
      to: ["finance@northwind.example"],
      certificate: null,
    },
    has_secret: true,
    least: "warning",
    digest: { at: "08:00", zone: "Europe/Berlin" },
    last: { at: "2026-10-28T08:12:04Z", state: "sent", error: null },
  },
  {
    id: 2,
    kind: "slack",
    name: "#cloud-costs",
    enabled: false,
    settings: { ...NONE, host: "hooks.slack.com", allow_private: false },
    has_secret: true,
    least: "urgent",
    digest: null,
    last: { at: "2026-10-27T08:12:04Z", state: "failed", error: "hooks.slack.com answered 404: no_service" },
  },
];

const deliveries: Delivery[] = [
  {
    id: 3,
    channel: { id: 1, name: "Finance by mail", kind: "mail" },
    to: null,
    alerts: [3],
    title: "Ada Lovelace is over its budget",
    state: "sent",
    attempts: 1,
    created_at: "2026-10-28T08:12:00Z",
    next_attempt_at: null,
    sent_at: "2026-10-28T08:12:04Z",
    error: null,
  },
  {
    id: 2,
    channel: { id: 0, name: "Desktop popup", kind: "popup" },
    to: null,
    alerts: [3, 2],
    title: "2 budgets need you",
    state: "sent",
    attempts: 1,
    created_at: "2026-10-28T08:12:00Z",
    next_attempt_at: null,
    sent_at: "2026-10-28T08:12:01Z",
    error: null,
  },
  {
    id: 1,
    channel: { id: 2, name: "#cloud-costs", kind: "slack" },
    to: null,
    alerts: [2],
    title: `Everything is expected to pass its budget ${WORST}`,
    state: "waiting",
    attempts: 3,
    created_at: "2026-10-28T08:12:00Z",
    next_attempt_at: "2026-10-28T09:12:00Z",
    sent_at: null,
    error: "hooks.slack.com answered 404: no_service",
  },
];

export const aboutChannels: Replies = {
  "GET /channels": () => ({ channels }),
  "POST /channels": ({ body }) => ({ ...(body as object), id: 9, has_secret: true, last: null }),
  "PUT /channels/*": ({ matched, body }) => ({ ...byId(channels, matched[0]), ...(body as object) }),
  "DELETE /channels/*": () => undefined,
  "POST /channels/*/test": ({ matched }) => ({ ...deliveries[0], channel: byId(channels, matched[0]) }),
  "GET /deliveries": () => ({ deliveries, more: false }),
};
