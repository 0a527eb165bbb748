import { createServer, type Server } from "node:net";
import type { Page } from "@playwright/test";

/** Drafts a month for its people. */
export async function draftMonth(page: Page, month: string): Promise<void> {
  await page
    .getByRole("button", { name: `Draft ${month}…` })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: `Draft ${month}` });
  await dialog.getByRole("button", { name: "Draft", exact: true }).click();
}

export type Mail = { to: string[]; content: string };

/** A mail server on this machine: takes whatever comes, except for addresses that begin with `nobody`. */
export class Mailbox {
  readonly mails: Mail[] = [];
  private readonly server: Server = createServer((socket) => {
    let mail: Mail = { to: [], content: "" };
    let within = false;
    let pending = "";
    const answer = (line: string) => socket.write(`${line}\r\n`);
    const line = (text: string) => {
      if (within && text === ".") {
        within = false;
        this.mails.push(mail);
        mail = { to: [], content: "" };
        answer("250 taken");
      } else if (within) mail.content += `${text.replace(/^\.\./, ".")}\r\n`;
      else if (/^rcpt to:/i.test(text)) {
        const address = /<(.*)>/.exec(text)?.[1] ?? "";
        const known = !address.startsWith("nobody");
        if (known) mail.to.push(address);
        answer(known ? "250 ok" : "550 5.1.1 There is no such mailbox");
      } else if (/^data/i.test(text)) {
        within = true;
        answer("354 go on");
      } else if (/^quit/i.test(text)) socket.end("221 bye\r\n");
      else answer("250 ok");
    };
    socket.on("data", (chunk) => {
      const lines = (pending + chunk.toString("latin1")).split("\r\n");
      pending = lines.pop() ?? "";
      for (const one of lines) line(one);
    });
    // Whoever hangs up has nothing more to say.
    socket.on("error", () => undefined);
    answer("220 here");
  });

  /** Begins to listen; gives the port. */
  open(): Promise<number> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", () => {
        const address = this.server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  }

  close(): void {
    this.server.close();
  }
}
