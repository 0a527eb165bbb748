import { notifications } from "@mantine/notifications";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { begun, ended } from "../../dev/billing/batches";
import { invoices } from "../../dev/billing/invoices";
import { openAt } from "../../dev/open";
import { forget } from "../shared/jobs";

afterEach(() => {
  act(() => notifications.clean());
  act(() => forget(begun({}).id));
  cleanup();
});

it("lists a month's invoices beside last month's, and says how each stands", async () => {
  await openAt("/invoices?month=2026-10");
  const list = await screen.findByRole("region", { name: "Invoices" });
  const row = (await within(list).findByRole("button", { name: /^Eun-ji Kim/ })).closest("tr");
  for (const said of ["October is still estimated", "$240.00", "$1,000.00", "316.7 %", "$150.00", "Draft"])
    expect(row?.textContent).toContain(said);
  expect(within(list).getByText("12 days overdue")).toBeTruthy();
});

it("issues those that were chosen and may be as one piece of work, and says how far it is", async () => {
  const { door, sent } = await openAt("/invoices?month=2026-10");
  await userEvent.click(await screen.findByRole("checkbox", { name: "Choose Eun-ji Kim" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Choose Farah Haddad" }));
  await userEvent.click(screen.getByRole("button", { name: "Issue 2…" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue 2 invoices?" });
  expect(dialog.textContent).toContain("October is still estimated");
  await userEvent.click(within(dialog).getByRole("button", { name: "Issue 2 invoices" }));
  await waitFor(() =>
    expect(sent).toEqual([{ path: "/api/v1/invoices/batches", action: "issue", invoices: [5, 6] }]),
  );
  act(() => door.tell(begun({ done: 1 })));
  expect((await within(dialog).findByRole("status")).textContent).toContain("1 of 2 invoices");
  await userEvent.click(within(dialog).getByRole("button", { name: "Stop after this one" }));
  await waitFor(() => expect(sent.at(-1)?.path).toBe("/api/v1/jobs/31/cancel"));
});

it("leads to each invoice of a batch, and says why one was left as it was", async () => {
  const { door } = await openAt("/invoices?month=2026-10");
  await screen.findByRole("region", { name: "Invoices" });
  act(() => door.tell(ended));
  expect(await screen.findByText("Issue invoices of October 2026: 2 issued, 1 not done")).toBeTruthy();
  await userEvent.click(await screen.findByRole("button", { name: "Details" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue invoices of October 2026" });
  expect(dialog.textContent).toContain("October is not final, and this workspace issues final months only.");
  await userEvent.click(within(dialog).getByRole("link", { name: "Ada Lovelace" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Invoice INV-2026-0001" })).toBeTruthy();
});

it("drafts a month for teams where that is asked", async () => {
  const { sent } = await openAt("/invoices?month=2026-10");
  await userEvent.click(await screen.findByRole("button", { name: "Draft October 2026…" }));
  const dialog = await screen.findByRole("dialog", { name: "Draft October 2026" });
  await userEvent.click(within(dialog).getByRole("radio", { name: "Teams" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Draft" }));
  await waitFor(() =>
    expect(sent).toEqual([
      { path: "/api/v1/invoices/batches", action: "draft", month: "2026-10", for: "teams" },
    ]),
  );
});

it("marks what stands out against the month before, and who is not billed any more", async () => {
  await openAt("/invoices?month=2026-10");
  const strip = await screen.findByRole("region", { name: "Stands out against the month before" });
  expect(strip.textContent).toContain("2 stand out in October 2026.");
  const list = screen.getByRole("region", { name: "Invoices" });
  const row = (await within(list).findByRole("button", { name: /^Eun-ji Kim/ })).closest("tr");
  const mark = within(row as HTMLElement).getByRole("img", { name: /^Stands out/ });
  expect(mark.getAttribute("aria-label")).toBe("Stands out: Usually between $220.00 and $260.00");
  await userEvent.click(within(strip).getByRole("link", { name: "Side by side" }));
  const table = await screen.findByRole("region", { name: "October 2026 beside the month before" });
  const names = within(table).getAllByRole("button", { name: /Eun-ji|Hugo|Ada/ });
  expect(names.map((one) => one.textContent?.slice(0, 4))).toEqual(["Eun-", "Hugo", "Ada "]);
});

it("shows the mail before it goes, and sends what was changed in it", async () => {
  const { sent } = await openAt("/invoices/1");
  await userEvent.click(await screen.findByRole("button", { name: "Send…" }));
  const dialog = await screen.findByRole("dialog", { name: "Send INV-2026-0001" });
  const subject = await within(dialog).findByRole("textbox", { name: "Subject" });
  for (const said of ["INV-2026-0001.pdf", "48 KB", "archive@northwind.example"])
    expect(dialog.textContent).toContain(said);
  await userEvent.clear(subject);
  await userEvent.type(subject, "October");
  await userEvent.click(within(dialog).getByRole("button", { name: "Send" }));
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({
      path: "/api/v1/invoices/1/send",
      to: ["accounts@customer.example"],
      subject: "October",
      again: false,
    }),
  );
  expect(await screen.findByText("On its way to accounts@customer.example")).toBeTruthy();
});

it("says where an invoice went, and what the mail server said", async () => {
  await openAt("/invoices/7");
  const log = await screen.findByRole("region", { name: "Sent" });
  for (const said of ["accounts@customer.example", "attempt 2", "550 5.1.1 There is no such mailbox."])
    expect(log.textContent).toContain(said);
});

it("offers what the program says can be done with an invoice, and nothing else", async () => {
  await openAt("/invoices/7");
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  const words = (await screen.findAllByRole("menuitem", { hidden: true })).map((item) => item.textContent);
  expect(words).toEqual(["Send again…", "Credit…", "Replace…", "Statement of account"]);
  for (const none of ["Issue…", "Approve…", "Record payment…"])
    expect(screen.queryByRole("button", { name: none })).toBeNull();
});

it("shows cost and margin to those who may see them, and says that they are on no paper", async () => {
  await openAt("/invoices/1?show=lines");
  const facts = await screen.findByRole("complementary", { name: "Facts" });
  expect(facts.textContent).toContain("Only you see this; it is on no paper.");
  const lines = screen.getByRole("region", { name: "Lines" });
  expect(within(lines).getByRole("columnheader", { name: "Margin" })).toBeTruthy();
  expect(lines.textContent).toContain("10 % markup from Jan 1, 2026");
});

it("shows neither where the program does not tell them", async () => {
  const [first] = invoices;
  const told = {
    ...first,
    cost: null,
    margin: null,
    lines: first?.lines.map((line) => ({ ...line, cost: null, margin: null, why: null })),
  };
  await openAt("/invoices/1?show=lines", { "GET /invoices/*": () => told });
  const lines = await screen.findByRole("region", { name: "Lines" });
  expect(within(lines).queryByRole("columnheader", { name: "Margin" })).toBeNull();
  expect(screen.queryByText("Only you see this; it is on no paper.")).toBeNull();
});

it("records a payment of what is left unless another amount is typed", async () => {
  const { sent } = await openAt("/invoices/2");
  await userEvent.click(await screen.findByRole("button", { name: "Record payment…" }));
  const dialog = await screen.findByRole("dialog", { name: "Record a payment" });
  const amount = within(dialog).getByRole("textbox", { name: "Amount, USD" });
  expect(amount).toHaveProperty("value", "800.00");
  await userEvent.clear(amount);
  await userEvent.type(amount, "1,250.5");
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Reference" }), "SEPA 9");
  await userEvent.click(within(dialog).getByRole("button", { name: "Record payment" }));
  await waitFor(() =>
    expect(sent).toContainEqual(
      expect.objectContaining({ path: "/api/v1/invoices/2/payments", amount: "1250.5", reference: "SEPA 9" }),
    ),
  );
});

it("credits some lines, one in part, and needs a reason", async () => {
  const { sent } = await openAt("/invoices/7");
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Credit…", hidden: true }));
  const dialog = await screen.findByRole("dialog", { name: "Credit INV-2026-0007" });
  await userEvent.click(within(dialog).getByRole("radio", { name: "By line" }));
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Credit Amazon EC2 i-0a1-web-prod" }));
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Credit Amazon S3 logs-archive" }));
  const part = within(dialog).getByRole("textbox", { name: "Amount to credit of Amazon S3 logs-archive" });
  const draft = within(dialog).getByRole("button", { name: "Draft the credit note" });
  expect(draft).toHaveProperty("disabled", true);
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Why" }), "Agreed");
  await userEvent.type(part, "132.01");
  expect(draft).toHaveProperty("disabled", true);
  await userEvent.clear(part);
  await userEvent.type(part, "32");
  await userEvent.click(draft);
  await waitFor(() =>
    expect(sent).toContainEqual({
      path: "/api/v1/invoices/7/credit",
      reason: "Agreed",
      from_restatement: false,
      lines: [
        { n: 1, amount: null },
        { n: 3, amount: "32" },
      ],
    }),
  );
});

it("proposes a credit note where a billed month was restated, by line", async () => {
  const { sent } = await openAt("/invoices?month=2026-10");
  await userEvent.click(await screen.findByRole("button", { name: "Look at the difference…" }));
  const dialog = await screen.findByRole("dialog", { name: "October 2026 was restated" });
  expect(dialog.textContent).toContain("−15.00");
  await userEvent.click(within(dialog).getByRole("button", { name: "Draft a credit note of INV-2026-0001" }));
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({ path: "/api/v1/invoices/1/credit", from_restatement: true }),
  );
});

it("has a deleted draft back in one click", async () => {
  const { sent } = await openAt("/invoices/4", { "DELETE /invoices/*": () => undefined });
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete draft", hidden: true }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(sent.at(-1)).toEqual({
      path: "/api/v1/invoices/drafts",
      month: "2026-10",
      for: { kind: "person", id: 4 },
    }),
  );
});

it("says what somebody owes from day to day", async () => {
  const { door } = await openAt("/invoices/account?for=person:1&from=2026-11-01&to=2026-11-30");
  const account = await screen.findByRole("region", { name: "Account in USD" });
  for (const said of ["INV-2026-0001", "1,200.00", "400.00", "800.00"])
    expect(account.textContent).toContain(said);
  expect(door.asked).toContain("GET /api/v1/invoices/statement?for=person:1&from=2026-11-01&to=2026-11-30");
});

it("hides from a role what it may not do", async () => {
  const role = {
    "GET /session": () => ({
      user: "You",
      role: "viewer",
      permissions: [],
      now: new Date().toISOString(),
      workspace: { zone: "UTC" },
    }),
  };
  await openAt("/people", role);
  await screen.findByRole("heading", { level: 1, name: "People & teams" });
  const places = screen.getByRole("navigation", { name: "Places" });
  expect(within(places).getByRole("link", { name: "Costs" })).toBeTruthy();
  expect(within(places).queryByRole("link", { name: "Invoices" })).toBeNull();
});

it("tries a price on a month before it holds, and keeps the others as they are", async () => {
  const { sent } = await openAt("/price-books/1");
  await userEvent.click(await screen.findByRole("button", { name: "Add a price" }));
  const drawer = await screen.findByRole("dialog", { name: "Add a price" });
  await userEvent.type(within(drawer).getByRole("textbox", { name: "Percent" }), "-7.5");
  await userEvent.click(within(drawer).getByRole("button", { name: "Try on October 2026" }));
  const effect = await within(drawer).findByRole("region", { name: "October 2026 with this price" });
  await waitFor(() => expect(effect.textContent).toContain("$1,935.00"));
  const tried = sent.at(-1) as { path: string; entries: { scope: string; percent: string }[] };
  expect(tried.path).toBe("/api/v1/price-books/1/preview");
  expect(tried.entries).toHaveLength(7);
  expect(tried.entries[1]).toMatchObject({ scope: "team:Platform", service: "Amazon S3", percent: "-5" });
  expect(tried.entries[6]).toMatchObject({ scope: "all", kind: "markup", percent: "-7.5", amount: null });
  expect(sent.some(({ path }) => path === "/api/v1/price-books/1")).toBe(false);
  await userEvent.click(within(drawer).getByRole("button", { name: "Add" }));
  await waitFor(() => expect(sent.some(({ path }) => path === "/api/v1/price-books/1")).toBe(true));
});

it("says what a file does to a price book before it is read, and sends its bytes", async () => {
  const read: string[] = [];
  const { door } = await openAt("/price-books", {
    "PUT /price-books/file": ({ url }) => {
      read.push(url.searchParams.get("name") ?? "");
      throw {
        code: "price-book.unreadable",
        title: "No",
        detail: 'Line 2, percent: "x" is no number.',
        status: 422,
      };
    },
  });
  const chooser = (await screen.findByRole("button", { name: "Open a file…" })).previousElementSibling;
  await userEvent.upload(chooser as HTMLInputElement, new File(["scope,percent"], "Standard.csv"));
  const dialog = await screen.findByRole("dialog", { name: "Read Standard.csv" });
  expect(dialog.textContent).toContain("Standard has 6 prices now");
  await userEvent.click(within(dialog).getByRole("button", { name: "Replace its prices" }));
  expect(await within(dialog).findByText(/Line 2, percent/)).toBeTruthy();
  expect(door.asked.at(-1)).toBe("PUT /api/v1/price-books/file?name=Standard&format=csv");
  const name = within(dialog).getByRole("textbox", { name: "As the price book" });
  await userEvent.clear(name);
  await userEvent.type(name, "Another");
  expect(dialog.textContent).toContain("This is a new price book.");
  expect(read).toEqual(["Standard"]);
});

it("says why a recipient would be charged what they would", async () => {
  await openAt("/price-books/1?month=2026-10");
  const table = await screen.findByRole("region", { name: "October 2026 by this book" });
  await userEvent.click(within(table).getByRole("button", { name: "Ada Lovelace" }));
  const why = await screen.findByRole("dialog", { name: "Ada Lovelace: why this price" });
  expect(why.textContent).toContain("Everyone: 10 % markup from Jan 1, 2026");
});

it("keeps of a buyer what the page does not change", async () => {
  const { sent } = await openAt("/settings/buyers");
  await userEvent.click(await screen.findByRole("button", { name: /^Platform Ltd/ }));
  const drawer = await screen.findByRole("dialog", { name: "Change Platform Ltd" });
  const city = within(drawer).getByRole("textbox", { name: "City" });
  await userEvent.clear(city);
  await userEvent.type(city, "Leeds");
  await userEvent.click(within(drawer).getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({
      path: "/api/v1/buyers/team%3A1",
      name: "Platform Ltd",
      city: "Leeds",
      country: "GB",
      tax_id: "GB123456789",
      invoice_emails: ["invoices@platform.example"],
      purchase_order: "PO-4711",
      payment_days: 14,
    }),
  );
});

it("says what a rate of a tax table lacks, and sends nothing", async () => {
  const { sent } = await openAt("/settings/taxes");
  await userEvent.click(await screen.findByRole("button", { name: /^Germany/ }));
  const drawer = await screen.findByRole("dialog", { name: "Taxes of Germany" });
  await userEvent.click(within(drawer).getByRole("button", { name: "Another rate" }));
  await userEvent.click(within(drawer).getByRole("button", { name: "Save" }));
  expect(await within(drawer).findByText("A percentage such as 20 or 7.5")).toBeTruthy();
  expect(sent).toEqual([]);
});

it("keeps the order of tax rules, and has what was there back in one click", async () => {
  const { sent } = await openAt("/settings/taxes");
  await userEvent.click(await screen.findByRole("button", { name: "Lines taxed otherwise: 2" }));
  const drawer = await screen.findByRole("dialog", { name: "Lines taxed otherwise" });
  await userEvent.click(within(drawer).getByRole("button", { name: "Move rule 2 up" }));
  await userEvent.click(within(drawer).getByRole("button", { name: "Save" }));
  const support = { service: "AWS Support*", kind: null, category: "reduced", reason: null };
  const fees = {
    service: null,
    kind: "fee",
    category: "exempt",
    reason: "Exempt under section 4 no. 8 of the VAT act",
  };
  await waitFor(() => expect(sent).toEqual([{ path: "/api/v1/tax-rules", rules: [fees, support] }]));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: "/api/v1/tax-rules", rules: [support, fees] }));
});

it("asks for a report of the month that is shown, in the letterhead's language unless another is chosen", async () => {
  const { door } = await openAt("/?month=2026-10", {
    "GET /reports/*": () => new Blob(["%PDF-"], { type: "application/pdf" }),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Report…" }));
  const dialog = await screen.findByRole("dialog", { name: "October 2026 on paper" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Save PDF" }));
  await waitFor(() => expect(door.asked).toContain("GET /api/v1/reports/summary?month=2026-10"));
});
