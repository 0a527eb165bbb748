import { expect, it } from "vitest";
import type { Channel } from "../../../host/wire";
import { draftOf, formOf, KINDS, type Kind, sameDraft, wrongFields } from "./kinds";

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

const mail: Channel = {
  id: 4,
  kind: "mail",
  name: "Finance",
  enabled: true,
  settings: {
    ...NONE,
    host: "smtp.example.com",
    port: 587,
    security: "starttls",
    user: "me",
    from: "a@example.com",
    to: ["b@example.com", "c@example.com"],
    certificate: null,
  },
  has_secret: true,
  least: "warning",
  digest: { at: "08:00", zone: "Europe/Vienna" },
  last: null,
};

it("sends a channel back as it came, and no secret that nobody typed", () => {
  const { settings, ...draft } = sameDraft(mail);
  expect(mail).toMatchObject(draft);
  expect({ ...NONE, ...settings }).toEqual(mail.settings);
  expect(draft).not.toHaveProperty("secret");
});

it("does not send back what may only be read", () => {
  const slack = {
    ...mail,
    kind: "slack" as const,
    settings: { ...NONE, host: "hooks.slack.com", allow_private: true },
  };
  expect(sameDraft(slack).settings).toEqual({ allow_private: true });
});

it("takes a new secret, and asks for none that is kept", () => {
  const kept = formOf("mail", mail, "UTC");
  expect(wrongFields("mail", kept, true)).toEqual({});
  const changed = { ...kept, fields: { ...kept.fields, secret: "hunter2" } };
  expect(draftOf("mail", changed).secret).toBe("hunter2");
});

it("asks for what each kind needs", () => {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const needed = KINDS[kind].fields.filter(({ as, optional }) => as !== "switch" && !optional);
    const empty = formOf(kind, undefined, "UTC");
    const blank = { ...empty, fields: Object.fromEntries(Object.keys(empty.fields).map((key) => [key, ""])) };
    expect(Object.keys(wrongFields(kind, blank, false))).toEqual(needed.map(({ key }) => `fields.${key}`));
  }
  const short = {
    ...formOf("webhook", undefined, "UTC"),
    fields: { url: "https://x.example", secret: "short" },
  };
  expect(wrongFields("webhook", short, false)).toEqual({ "fields.secret": "At least 16 characters" });
});

it("reads addresses however they are put apart", () => {
  const form = formOf("sms", undefined, "UTC");
  const draft = draftOf("sms", {
    ...form,
    fields: { ...form.fields, connection: "2", to: "+431, +432;+433\n+434" },
  });
  expect(draft.settings).toEqual({
    connection: 2,
    region: null,
    to: ["+431", "+432", "+433", "+434"],
    sender_id: null,
  });
});
