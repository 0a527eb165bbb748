import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The bill that the FOCUS specification publishes as its sample. */
export const FOCUS_SAMPLE = fileURLToPath(
  new URL("../../tests/data/focus-sample/focus_sample.csv", import.meta.url),
);

const TARGET = process.env.CARGO_TARGET_DIR ?? join(homedir(), ".cache/tallyport/target");
const TALLY = process.env.TALLY_BIN ?? join(TARGET, "debug/tally");

/** The program itself, serving one workspace of its own in a folder of its own. */
export class Program {
  readonly folder = mkdtempSync(join(tmpdir(), "tallyport-e2e-"));
  private readonly environment = {
    ...process.env,
    TALLY_WORKSPACE: join(this.folder, "company.tally"),
    TALLY_PASSPHRASE: "correct horse battery staple",
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
  };
  private serving: ChildProcess | undefined;

  /** Runs `tally` to its end and gives what it printed. */
  run(...words: string[]): string {
    return execFileSync(TALLY, words, { env: this.environment, encoding: "utf8", stdio: "pipe" });
  }

  /** Asks the program's interface on the command line; gives what it answered. */
  ask(method: string, path: string, body?: object) {
    const sent = body === undefined ? [] : [JSON.stringify(body)];
    return JSON.parse(this.run("api", method, `/api/v1${path}`, ...sent));
  }

  /** The latest month whose bill is final. */
  finalMonth(): string {
    type Period = { period: string; status: string; counts: boolean };
    const periods: Period[] = this.ask("GET", "/periods").periods;
    const final = periods.filter((one) => one.counts && one.status === "final");
    return (
      final
        .map((one) => one.period)
        .sort()
        .at(-1) ?? ""
    );
  }

  /** Serves; gives the address that lets a browser in. */
  serve(): Promise<string> {
    const serving = spawn(TALLY, ["serve", "--port", "0", "--json"], {
      env: this.environment,
      stdio: "pipe",
    });
    this.serving = serving;
    return new Promise((resolve, reject) => {
      let said = "";
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        const address = /http:\/\/127\.0\.0\.1:\d+\/enter\?token=[\w-]+/.exec(said)?.[0];
        if (address !== undefined) resolve(address);
      };
      serving.stdout?.on("data", hear);
      serving.stderr?.on("data", hear);
      serving.on("exit", (code) => reject(new Error(`tally serve ended with ${code}: ${said}`)));
    });
  }

  async end(): Promise<void> {
    const serving = this.serving;
    if (serving !== undefined && serving.exitCode === null) {
      serving.removeAllListeners("exit");
      const ended = new Promise((resolve) => serving.on("exit", resolve));
      serving.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
