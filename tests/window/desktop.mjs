// A desktop of its own for one test: a screen, a window manager, a session bus, a place for popups
// and, if asked for, a keychain. Nothing of the person's own desktop is touched.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Processes, run, sleep, until } from "./processes.mjs";

const here = import.meta.dirname;
const KEYCHAIN_PASSWORD = "only in this test";

export class Desktop {
  #processes = new Processes();
  #keychain;

  /** `keychain` is "unlocked" or "none"; a click on a popup does its action `click`, opening it unless said otherwise. */
  static async open({ keychain = "unlocked", screen = "1600x1000x24", click = "default" } = {}) {
    const desktop = new Desktop();
    try {
      await desktop.#start(screen, click);
      if (keychain === "unlocked") await desktop.startKeychain();
      return desktop;
    } catch (error) {
      await desktop.close();
      throw error;
    }
  }

  async #start(screen, click) {
    this.home = mkdtempSync(join(tmpdir(), "tallyport-desktop-"));
    const folder = (name) => {
      const path = join(this.home, name);
      mkdirSync(path, { mode: 0o700 });
      return path;
    };
    this.env = {
      PATH: process.env.PATH,
      // Whatever the machine speaks, figures and days are written in one way here.
      LANG: "en_US.UTF-8",
      HOME: this.home,
      XDG_RUNTIME_DIR: folder("run"),
      XDG_DATA_HOME: folder("data"),
      XDG_CONFIG_HOME: folder("config"),
      XDG_CACHE_HOME: folder("cache"),
      // Without a graphics card WebKit shows nothing otherwise.
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      RUST_BACKTRACE: "1",
    };
    const server = this.#processes.start(
      "Xvfb",
      ["-displayfd", "3", "-screen", "0", screen, "-nolisten", "tcp"],
      { env: this.env, extra: ["pipe"] },
    );
    await until("the screen is there", () => /^\d+\n/m.test(server.said));
    this.env.DISPLAY = `:${server.said.match(/^(\d+)\n/m)[1]}`;
    const bus = this.#processes.start(
      "dbus-daemon",
      [`--config-file=${join(here, "session-bus.conf")}`, "--print-address=1", "--nofork"],
      { env: this.env },
    );
    await until("the session bus is there", () => bus.said.includes("unix:"));
    this.env.DBUS_SESSION_BUS_ADDRESS = bus.said.match(/unix:\S+/)[0];
    this.start("openbox", []);
    const popups = join(this.home, "dunstrc");
    writeFileSync(popups, `${readFileSync(join(here, "dunstrc"))}    action_name = "${click}"\n`);
    this.start("dunst", ["-conf", popups]);
    // Unless a test is about that, the program ends with its window.
    this.habits({ keep_running: false });
  }

  /** What the program does when its window is closed, as the person has set it; nothing, if they never have. */
  habits(kept) {
    const folder = join(this.env.XDG_DATA_HOME, "tallyport");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "habits.json");
    if (kept === undefined) rmSync(file, { force: true });
    else writeFileSync(file, JSON.stringify(kept));
  }

  /** Whether a window of this name or class is on the screen. */
  shows(...what) {
    return this.run("xdotool", ["search", "--onlyvisible", ...what], { mayFail: true }).trim() !== "";
  }

  /** Starts a program on this desktop. */
  start(program, words, more = {}) {
    return this.#processes.start(program, words, { ...more, env: { ...this.env, ...more.env } });
  }

  end(child) {
    return this.#processes.end(child);
  }

  /** Runs a program on this desktop to its end. */
  run(program, words, more = {}) {
    return run(program, words, { ...more, env: { ...this.env, ...more.env } });
  }

  /** A keychain as a person has it after signing in; the second start finds what the first kept. */
  async startKeychain() {
    this.#keychain = this.start(
      "gnome-keyring-daemon",
      ["--foreground", "--unlock", "--components=secrets"],
      { input: KEYCHAIN_PASSWORD },
    );
    await until("the keychain answers", () =>
      this.run("gdbus", [
        ...["call", "--session", "--timeout", "2", "--dest", "org.freedesktop.secrets"],
        ...["--object-path", "/org/freedesktop/secrets"],
        ...["--method", "org.freedesktop.Secret.Service.ReadAlias", "default"],
      ]).includes("/collection/"),
    );
  }

  /** Ends the keychain, as when its process dies. */
  async killKeychain() {
    this.#keychain.kill("SIGKILL");
    await this.#processes.end(this.#keychain);
    await sleep(200);
  }

  /** Locks the keychain: it is there, but it will ask the person first. */
  lockKeychain() {
    this.run("gdbus", [
      ...["call", "--session", "--dest", "org.freedesktop.secrets"],
      ...["--object-path", "/org/freedesktop/secrets"],
      ...["--method", "org.freedesktop.Secret.Service.Lock"],
      "[objectpath '/org/freedesktop/secrets/aliases/default']",
    ]);
  }

  /** The keys that the keychain holds for the program: the workspace of each, and its bytes. */
  keysInKeychain() {
    const service = ["--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"];
    const found = this.run("gdbus", [
      ...["call", ...service, "--method", "org.freedesktop.Secret.Service.SearchItems"],
      "{'service': 'Tallyport'}",
    ]);
    return [...found.matchAll(/'(\/org\/freedesktop\/secrets\/collection\/[^']+)'/g)].map(([, item]) => {
      const attributes = this.run("gdbus", [
        ...["call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", item],
        ...["--method", "org.freedesktop.DBus.Properties.Get"],
        ...["org.freedesktop.Secret.Item", "Attributes"],
      ]);
      const workspace = attributes.match(/'username': '([^']+)'/)?.[1];
      const secret = this.run("secret-tool", ["lookup", "service", "Tallyport", "username", workspace], {
        mayFail: true,
        encoding: "buffer",
      });
      return { workspace, secret };
    });
  }

  /** The process that goes by this name on the session bus. */
  processOf(name) {
    const told = this.run(
      "gdbus",
      [
        ...["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus"],
        ...["--method", "org.freedesktop.DBus.GetConnectionUnixProcessID", name],
      ],
      { mayFail: true },
    );
    const process = told.match(/uint32 (\d+)/)?.[1];
    return process === undefined ? undefined : Number(process);
  }

  /** Gives a dialog of the program its first answer or its second. */
  async answer(title, second = false) {
    await until("it is asked", () => this.shows("--name", `^${title}$`));
    // The answers stand side by side below the words.
    const dialog = this.hand("search", "--onlyvisible", "--name", `^${title}$`, "getwindowgeometry", "--shell");
    const at = (name) => Number(dialog.match(new RegExp(`^${name}=(\\d+)`, "m"))[1]);
    const across = Math.round((at("WIDTH") * (second ? 3 : 1)) / 4);
    this.hand("mousemove", at("X") + across, at("Y") + at("HEIGHT") - 38);
    // A dialog that has just come takes no answer yet. (Its place is told with its frame counted twice.)
    await sleep(500);
    this.hand("mousedown", 1);
    await sleep(150);
    this.hand("mouseup", 1);
  }

  /** Clicks the popup on the screen. */
  clickPopup() {
    const place = this.hand("search", "--onlyvisible", "--class", "Dunst", "getwindowgeometry", "--shell");
    const at = (name) => Number(place.match(new RegExp(`^${name}=(\\d+)`, "m"))[1]);
    this.hand("mousemove", at("X") + 60, at("Y") + 24, "click", 1);
  }

  /** A picture of the whole screen. */
  picture(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.run("import", ["-window", "root", file]);
  }

  /** Moves and presses the mouse, types, finds windows: `xdotool`. */
  hand(...words) {
    return this.run("xdotool", words.map(String));
  }

  /** Presses the left button on `files`, shown in a window, and lets go over (x, y). */
  async drop(files, { x, y }) {
    const source = this.start("/usr/bin/python3", [join(here, "drag_source.py"), ...files]);
    await until("the files can be dragged", () => source.said.includes("ready"));
    const window = this.hand("search", "--sync", "--name", "^tallyport drag source$").trim();
    this.hand("windowmove", "--sync", window, 1440, 820);
    await sleep(300);
    this.hand("mousemove", 1500, 890);
    this.hand("mousedown", 1);
    await sleep(300);
    // A drag is a row of motions: targets are told of it as it passes.
    for (let step = 1; step <= 8; step += 1) {
      const at = (from, to) => Math.round(from + ((to - from) * step) / 8);
      this.hand("mousemove", at(1500, x), at(890, y));
      await sleep(120);
    }
    this.hand("mousemove", x + 5, y + 5);
    await sleep(500);
    return {
      letGo: async () => {
        this.hand("mouseup", 1);
        await until("the drag has ended", () => source.said.includes("ended"));
        if (!source.said.includes("given")) throw new Error("nobody asked for the files");
        await sleep(300);
        await this.end(source);
      },
    };
  }

  async close() {
    await this.#processes.endAll();
    if (this.home !== undefined && statSync(this.home, { throwIfNoEntry: false }) !== undefined) {
      rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}
