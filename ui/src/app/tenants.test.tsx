import { notifications } from "@mantine/notifications";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openAt } from "../../dev/open";
import type { DropListener, Host } from "../host/host";
import type { Transfer } from "../host/wire";
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
  const { sent } = await openAt("/tenants/3", {
    "POST /tenants/*/resume-setup": () => ({ id: 41, title: "On" }),
  });
  expect((await screen.findByRole("alert")).textContent).toContain("s3:CreateBucket");
  await userEvent.click(screen.getByRole("button", { name: "Go on from there" }));
  await waitFor(() => expect(sent.at(-1)?.path).toBe("/api/v1/tenants/3/resume-setup"));
});

it("opens folders, and keeps where one is in the address", async () => {
  const { door } = await openAt("/tenants/1");
  const files = await screen.findByRole("region", { name: "Files" });
  expect(within(files).getByRole("button", { name: "orders.csv" })).toBeTruthy();
  await userEvent.click(within(files).getByRole("button", { name: /invoices$/ }));
  expect(await screen.findByRole("button", { name: "2026-10.pdf" })).toBeTruthy();
  expect(door.asked).toContain("GET /api/v1/tenants/1/files?prefix=invoices/");
  await userEvent.click(screen.getByRole("button", { name: "Acme Retail" }));
  expect(await screen.findByRole("button", { name: "orders.csv" })).toBeTruthy();
});

it("shows where a dropped file lands and which names are taken, before it sends any", async () => {
  let listener: DropListener | undefined;
  const carried: unknown[] = [];
  const carry: Host["carry"] = {
    pick: async () => [],
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
  const dialog = await screen.findByRole("dialog", { name: "Upload 2" });
  expect(within(dialog).getByText("orders.csv").closest("li")?.textContent).toContain("is there already");
  await userEvent.click(within(dialog).getByRole("radio", { name: "Keep both, under another name" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Upload" }));
  await waitFor(() =>
    expect(carried).toEqual([
      [1, ["/home/ada/orders.csv", "/home/ada/new"], { to: "", on_clash: "keep-both" }],
    ]),
  );
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
