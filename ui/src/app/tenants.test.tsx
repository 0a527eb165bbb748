import { notifications } from "@mantine/notifications";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openAt } from "../../dev/open";
import { file } from "../../dev/tenants";
import type { DropListener, Host } from "../host/host";
import type { Transfer, UploadPreflight } from "../host/wire";
import { forget } from "../shared/jobs";

afterEach(() => {
  act(() => notifications.clean());
  act(() => forget(41));
  cleanup();
});

it("lists what each tenant stores and moves, and how near its limits it is", async () => {
  await openAt("/tenants");
  const list = await screen.findByRole("region", { name: "Tenants" });
  const row = within(list)
    .getByRole("button", { name: /^Globex Logistics/ })
    .closest("tr");
  for (const said of ["Active", "650 GB", "320 GB", "650 GB of 700 GB", "320 GB of 1.0 TB"])
    expect(row?.textContent).toContain(said);
});

it("sets a tenant up from a name alone", async () => {
  const { sent } = await openAt("/tenants?add=true");
  const dialog = await screen.findByRole("dialog", { name: "New tenant" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Name" }), "Umbrella GmbH");
  await userEvent.click(within(dialog).getByRole("button", { name: "Set it up" }));
  await waitFor(() =>
    expect(sent).toEqual([{ path: "/api/v1/tenants", name: "Umbrella GmbH", own_bucket: false }]),
  );
  expect(await screen.findByText("Set up Umbrella GmbH")).toBeTruthy();
});

it("says where setting up stopped, and goes on from there", async () => {
  const { door, sent } = await openAt("/tenants/3", {
    "POST /tenants/*/resume-setup": () => ({ id: 41, title: "On" }),
  });
  expect((await screen.findByRole("alert")).textContent).toContain("s3:CreateBucket");
  expect(door.asked.filter((ask) => ask.includes("/tenants/3/"))).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Go on from there" }));
  await waitFor(() => expect(sent.at(-1)?.path).toBe("/api/v1/tenants/3/resume-setup"));
});

it("opens folders, and keeps where one is in the address", async () => {
  const { door } = await openAt("/tenants/1");
  const files = await screen.findByRole("region", { name: "Files" });
  expect(within(files).getByRole("button", { name: "orders.csv" })).toBeTruthy();
  await userEvent.click(within(files).getByRole("button", { name: /^Folder ?invoices$/ }));
  expect(await screen.findByRole("button", { name: "2026-10.pdf" })).toBeTruthy();
  expect(door.asked).toContain("GET /api/v1/tenants/1/files?prefix=invoices/");
  await userEvent.click(screen.getByRole("button", { name: "Acme Retail" }));
  expect(await screen.findByRole("button", { name: "orders.csv" })).toBeTruthy();
});

const FIRST = { folders: [], files: [file("a.csv", 10)], continuation: "a.csv" };
const LAST = { folders: [], files: [file("b.csv", 20)], continuation: null };

it("keeps what was found when the rest is refused, and asks for the rest again only when told to", async () => {
  let silent = true;
  const { door } = await openAt("/tenants/1?search=csv", {
    "GET /tenants/*/files": ({ url }) => {
      if (!url.searchParams.has("continuation")) return FIRST;
      if (silent) throw { status: 503, code: "aws.unreachable", title: "x", detail: "S3 gave no answer." };
      return LAST;
    },
  });
  const files = await screen.findByRole("region", { name: "Files" });
  await userEvent.click(await screen.findByRole("button", { name: "Look further" }));
  const refused = (await screen.findByText("S3 gave no answer.")).closest<HTMLElement>("[role=alert]");
  expect(within(files).getByRole("button", { name: "a.csv" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Look further" })).toBeNull();
  expect(door.asked.filter((ask) => ask.includes("continuation")).length).toBe(1);
  silent = false;
  await userEvent.click(within(refused ?? files).getByRole("button", { name: "Try again" }));
  expect(await within(files).findByRole("button", { name: "b.csv" })).toBeTruthy();
  expect(screen.queryByText("S3 gave no answer.")).toBeNull();
});

it("looks for a name as far as it is told to", async () => {
  const { door } = await openAt("/tenants/1?search=b", {
    "GET /tenants/*/files": ({ url }) =>
      url.searchParams.has("continuation") ? LAST : { ...FIRST, files: [] },
  });
  expect(await screen.findByText(/there is more to look through/)).toBeTruthy();
  expect(door.asked.filter((ask) => ask.includes("continuation"))).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Look further" }));
  expect(await screen.findByRole("button", { name: "b.csv" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Look further" })).toBeNull();
});

/** A window onto Acme Retail's files, on which things can be dropped; keeps what it was asked to send. */
async function dropOnAcme(...aheads: Partial<UploadPreflight>[]) {
  let listener: DropListener | undefined;
  const carried: unknown[] = [];
  const carry: Host["carry"] = {
    pick: async () => [],
    lookAhead: async () => ({ ...UNHINDERED, ...aheads.shift() }),
    upload: async (...ask) => {
      carried.push(ask);
      return {} as Transfer;
    },
    download: async () => null,
  };
  const onDrop = (heard: DropListener) => {
    listener = heard;
    return () => undefined;
  };
  await openAt("/tenants/1", {}, { onDrop, carry });
  await screen.findByRole("region", { name: "Files" });
  act(() => listener?.over(true));
  expect(await screen.findByText("Drop to upload to Acme Retail/")).toBeTruthy();
  act(() => {
    listener?.over(false);
    listener?.drop(
      ["orders.csv", "new"].map((name) => ({ name, path: `/home/ada/${name}` })),
      [],
    );
  });
  return { carried, dialog: await screen.findByRole("dialog", { name: "Upload 2" }) };
}

const UNHINDERED: UploadPreflight = {
  findings: [],
  files: 2,
  bytes: 48_300,
  more: false,
  lands: [
    { path: "orders.csv", key: "acme-retail/orders.csv", bytes: 48_211 },
    { path: "new/a.txt", key: "acme-retail/new/a.txt", bytes: 89 },
  ],
  clashes: [],
  requests: 2,
  currency: "USD",
  price: "0.00001",
};

it("shows where a dropped file lands and which names are taken, before it sends any", async () => {
  const clashes = [{ key: "acme-retail/orders.csv", bytes: 40_000, modified: null }];
  const { carried, dialog } = await dropOnAcme({ clashes });
  const taken = await within(dialog).findByText("orders.csv");
  expect(taken.closest("li")?.textContent).toContain("is there already");
  expect(within(dialog).getByRole("status").textContent).toContain("2 files, 48 KB");
  await userEvent.click(within(dialog).getByRole("radio", { name: "Keep both, under another name" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Upload" }));
  await waitFor(() =>
    expect(carried).toEqual([
      [1, ["/home/ada/orders.csv", "/home/ada/new"], { to: "", on_clash: "keep-both" }],
    ]),
  );
});

it("sends nothing that was found to fail, until it was seen to", async () => {
  const text = "s3:PutObject is missing on northwind-sftp";
  const findings = [{ weight: "stop", code: "transfer.denied", path: null, text }];
  const { carried, dialog } = await dropOnAcme({ findings });
  expect(await within(dialog).findByText(/^S3:PutObject is missing/i)).toBeTruthy();
  expect(within(dialog).getByRole("button", { name: "Upload" })).toHaveProperty("disabled", true);
  await userEvent.click(within(dialog).getByRole("button", { name: "Look again" }));
  await waitFor(() =>
    expect(within(dialog).getByRole("button", { name: "Upload" })).toHaveProperty("disabled", false),
  );
  expect(carried).toEqual([]);
});

it("says where files can be sent from when a page cannot", async () => {
  let listener: DropListener | undefined;
  const onDrop = (heard: DropListener) => {
    listener = heard;
    return () => undefined;
  };
  await openAt("/tenants/1", {}, { onDrop });
  await screen.findByRole("region", { name: "Files" });
  act(() => listener?.drop([{ name: "a.txt", file: new File(["1"], "a.txt") }], []));
  expect(await screen.findByText(/send them with tally upload\./)).toBeTruthy();
});

it("adds a user with a key that was made here, whose other half is saved once", async () => {
  const saved: string[] = [];
  const save = async (name: string) => {
    saved.push(name);
    return `/home/ada/${name}`;
  };
  const pair = { public: "ssh-ed25519 AAAA made", fingerprint: "SHA256:x", private: "secret" };
  const { sent } = await openAt(
    "/tenants/1?show=users",
    { "POST /tenants/*/key-pair": () => pair },
    { save },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Add a user" }));
  const drawer = await screen.findByRole("dialog", { name: "Add a user to Acme Retail" });
  await userEvent.type(within(drawer).getByRole("textbox", { name: "Name to sign in with" }), "acme-two");
  await userEvent.click(within(drawer).getByRole("button", { name: "Make a pair of keys…" }));
  await waitFor(() => expect(saved).toEqual(["acme-two.pem"]));
  await userEvent.click(within(drawer).getByRole("button", { name: "Add" }));
  await waitFor(() =>
    expect(sent.at(-1)).toEqual({
      path: "/api/v1/tenants/1/users",
      name: "acme-two",
      role: "upload-only",
      keys: ["ssh-ed25519 AAAA made"],
      expires: null,
      state: "active",
    }),
  );
});

it("says what a list of users would change, line by line, before it does", async () => {
  const { door } = await openAt("/tenants/1?show=users");
  const chooser = (await screen.findByRole("button", { name: "Read a list…" })).previousElementSibling;
  await userEvent.upload(chooser as HTMLInputElement, new File(["name,role"], "users.csv"));
  const dialog = await screen.findByRole("dialog", { name: "Users from users.csv" });
  expect((await within(dialog).findByRole("status")).textContent).toBe("2 of 3 users change.");
  expect(dialog.textContent).toContain("may: upload becomes read");
  await userEvent.click(within(dialog).getByRole("button", { name: "Set them so" }));
  await waitFor(() =>
    expect(door.asked.filter((ask) => ask.includes("import"))).toEqual([
      "POST /api/v1/tenants/1/users/import?dry_run=true",
      "POST /api/v1/tenants/1/users/import?dry_run=false",
    ]),
  );
});

it("removes a tenant only after its short name was typed, and says what goes with it", async () => {
  const { door } = await openAt("/tenants/1", { "DELETE /tenants/*": () => ({ id: 41, title: "Removal" }) });
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Remove…", hidden: true }));
  const dialog = await screen.findByRole("dialog", { name: "Remove Acme Retail?" });
  const remove = await within(dialog).findByRole("button", { name: "Remove it" });
  expect(dialog.textContent).toContain("3 users with their keys");
  expect(remove).toHaveProperty("disabled", true);
  await userEvent.type(
    within(dialog).getByRole("textbox", { name: "Type acme-retail to go on" }),
    "acme-retail",
  );
  await userEvent.click(remove);
  await waitFor(() =>
    expect(door.asked).toContain("DELETE /api/v1/tenants/1?confirm=acme-retail&files=keep"),
  );
});
