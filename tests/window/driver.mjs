// The few words of WebDriver that the journeys need, spoken to tauri-driver over plain HTTP. Each has
// a time limit, since the end of a session is known to hang.

import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { sleep, until } from "./processes.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
export const KEYS = { enter: "\uE007", escape: "\uE00C", control: "\uE009", tab: "\uE004" };

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Finds the visible elements that a person would call by this name. Runs inside the page. */
const FIND_NAMED = `
  const [selector, name, exact] = arguments;
  const words = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
  const called = (element) => {
    const labelled = (element.getAttribute("aria-labelledby") ?? "").split(" ")
      .map((id) => words(document.getElementById(id)?.textContent)).join(" ").trim();
    const label = words(element.labels?.[0]?.textContent);
    return [words(element.getAttribute("aria-label")), labelled, label, words(element.textContent),
      words(element.getAttribute("placeholder")), words(element.value)];
  };
  const fits = (text) => (exact ? text === name : text.toLowerCase().includes(name.toLowerCase()));
  const shown = (element) => element.getClientRects().length > 0
    && getComputedStyle(element).visibility !== "hidden";
  const found = [...document.querySelectorAll(selector)]
    .filter((element) => shown(element) && (name === null || called(element).some(fits)));
  // The innermost: a row holds the cell that holds the words.
  return found.find((element) => !found.some((other) => other !== element && element.contains(other))) ?? null;
`;

const SINGLE_INSTANCE = "dev.tallyport.desktop.SingleInstance";
const PLACE_OF = "return JSON.stringify(arguments[0].getBoundingClientRect())";
const IS_BUSY = "return arguments[0].disabled === true || arguments[0].dataset.loading === 'true'";

export class Window {
  #desktop;
  #driver;
  #address;
  #session;
  #closed = false;

  /** Starts the program on a desktop and waits for its first page. */
  static async open(desktop, words = [], env = {}) {
    const window = new Window();
    window.#desktop = desktop;
    const [port, native] = [await freePort(), await freePort()];
    window.#driver = desktop.start(
      process.env.TAURI_DRIVER,
      ["--port", String(port), "--native-port", String(native)],
      { env },
    );
    window.#address = `http://127.0.0.1:${port}`;
    await until("the driver answers", () => fetch(`${window.#address}/status`).then((answer) => answer.ok));
    const options = { application: process.env.TALLYPORT_BIN, args: words };
    const session = await window.#ask("POST", "/session", {
      capabilities: { alwaysMatch: { "tauri:options": options } },
    }, 60_000);
    window.#session = `/session/${session.sessionId}`;
    await until("the first page is drawn", () =>
      window.execute("return document.querySelector('#root')?.childElementCount > 0"), { within: 60_000 });
    return window;
  }

  async #ask(method, path, body, within = 30_000) {
    const answer = await fetch(this.#address + path, {
      method,
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
      headers: { "content-type": "application/json" },
      signal: AbortSignal.timeout(within),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  #in(method, path, body, within) {
    return this.#ask(method, this.#session + path, body, within);
  }

  /** Runs a function's body in the page. */
  execute(script, ...args) {
    return this.#in("POST", "/execute/sync", { script, args });
  }

  /** Calls a command of the shell as a script in the page would. */
  async invoke(command, ask = {}) {
    const done = await this.#in("POST", "/execute/async", {
      script: `const [command, ask, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, ask).then((ok) => done({ ok }), (refused) => done({ refused }));`,
      args: [command, ask],
    });
    if ("refused" in done) {
      throw Object.assign(new Error(`${command} was refused: ${JSON.stringify(done.refused)}`), {
        refused: done.refused,
      });
    }
    return done.ok;
  }

  /** The visible element that matches and is called `name`; waits for it. */
  async find(selector, name = null, { exact = false, within = 15_000 } = {}) {
    const what = `${selector} ${name === null ? "" : `called “${name}”`} is on the page`;
    return await until(what, () => this.execute(FIND_NAMED, selector, name, exact), { within });
  }

  /** Whether it is on the page now. */
  async has(selector, name = null, { exact = false } = {}) {
    return (await this.execute(FIND_NAMED, selector, name, exact)) !== null;
  }

  /** Waits until it is gone. */
  async gone(selector, name = null, { within = 15_000 } = {}) {
    await until(`${selector} ${name ?? ""} is gone`, async () => !(await this.has(selector, name)), { within });
  }

  /** Waits for the element and presses it, as soon as nothing lies over it. */
  async press(selector, name = null, more = {}) {
    await until(`${selector} ${name ?? ""} can be pressed`, async () => {
      const element = await this.find(selector, name, { ...more, within: 5000 });
      // What still moves would be missed.
      const before = await this.execute(PLACE_OF, element);
      await sleep(120);
      if ((await this.execute(PLACE_OF, element)) !== before) return false;
      if (await this.execute(IS_BUSY, element)) return false;
      await this.#in("POST", `/element/${element[ELEMENT]}/click`);
      return true;
    }, { within: more.within ?? 15_000 });
  }

  /** Types into a field, after emptying it. */
  async type(selector, name, text) {
    const element = await this.find(selector, name);
    await this.#in("POST", `/element/${element[ELEMENT]}/clear`);
    await this.#in("POST", `/element/${element[ELEMENT]}/value`, { text });
  }

  /** Types keys into whatever has the focus. */
  async keys(text) {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#in("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  /** Everything that a person can read on the page. */
  text() {
    return this.execute("return document.body.innerText");
  }

  /** Waits until these words are to be read. */
  async reads(words, { within = 20_000 } = {}) {
    let seen = "";
    try {
      await until(`“${words}” is to be read`, async () => {
        seen = await this.text();
        return seen.replaceAll("\u00a0", " ").includes(words);
      }, { within });
    } catch (error) {
      throw new Error(`${error.message}; the page says:\n${seen.slice(0, 4000)}`);
    }
  }

  /** Goes to a place by its address. */
  async go(hash) {
    await this.execute("location.hash = arguments[0]", hash);
  }

  /** A picture of the window's inside as it stands on the screen. (The driver's own screenshots hang
   * where there is no graphics card.) */
  async picture(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#desktop.run("import", ["-window", (await this.place()).id, file]);
  }

  /** The windows of this name on the screen. GTK keeps another of one dot outside of it, once something was dropped. */
  #onScreen(name) {
    const ids = this.#desktop.run("xdotool", ["search", "--onlyvisible", "--name", name], { mayFail: true });
    return ids.trim().split("\n").filter((id) => id !== "").map((id) => {
      const told = this.#desktop.hand("getwindowgeometry", "--shell", id);
      const value = (part) => Number(told.match(new RegExp(`^${part}=(-?\\d+)`, "m"))[1]);
      return { id, x: value("X"), y: value("Y"), width: value("WIDTH"), height: value("HEIGHT") };
    }).filter(({ width }) => width > 1);
  }

  /** Where the page begins on the screen. */
  async place() {
    return this.#onScreen("Tallyport").at(-1);
  }

  /** Whether the window is on the screen. */
  get isShown() {
    return this.#onScreen("^Tallyport$").length > 0;
  }

  /** Presses the keys that close the window, until it goes or something is asked. */
  async pressClose() {
    const { id } = await this.place();
    const shown = () => this.#desktop.run("xdotool", ["search", "--onlyvisible", "--name", ".+"], { mayFail: true });
    const before = shown();
    this.#pressKeys(id);
    let pressed = Date.now();
    await until("the window answers to the keys", () => {
      if (shown() !== before) return true;
      // A press may come before the window manager has given the window the keys.
      if (Date.now() - pressed > 3000) {
        pressed = Date.now();
        this.#pressKeys(id);
      }
      return false;
    });
  }

  #pressKeys(id) {
    this.#desktop.hand("windowactivate", "--sync", id, "key", "--clearmodifiers", "alt+F4");
  }

  /** Ends the program without a word, as a session does that ends. */
  async end() {
    this.#closed = true;
    const program = this.#desktop.processOf(SINGLE_INSTANCE);
    if (program !== undefined) process.kill(program, "SIGTERM");
    await until("the program has ended", () => this.#desktop.processOf(SINGLE_INSTANCE) === undefined);
    await this.#in("DELETE", "", undefined, 2000).catch(() => undefined);
    await this.#desktop.end(this.#driver);
  }

  /** Closes the window as a person does and waits for the program to end. (Ending the driver's session
   * instead is known to hang.) Closing twice is no matter. */
  async close() {
    if (this.#closed) return;
    this.#closed = true;
    const program = this.#desktop.processOf(SINGLE_INSTANCE);
    try {
      if (program !== undefined) {
        const { id } = await this.place();
        let pressed = 0;
        // A second start while the first is still ending would hand over to it.
        await until("the program has ended", () => {
          if (this.#desktop.processOf(SINGLE_INSTANCE) === undefined) return true;
          // A press may come before the window manager has given the window the keys.
          if (Date.now() - pressed > 3000) {
            pressed = Date.now();
            this.#desktop.hand("windowactivate", id, "key", "--clearmodifiers", "alt+F4");
          }
          return false;
        }, { within: 20_000 });
      }
    } finally {
      if (this.#desktop.processOf(SINGLE_INSTANCE) === program && program !== undefined) process.kill(program, "SIGKILL");
      await this.#in("DELETE", "", undefined, 2000).catch(() => undefined);
      await this.#desktop.end(this.#driver);
    }
  }

  /** What driver and program wrote. */
  get said() {
    return this.#driver.said;
  }
}
