import { Channel, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { z } from "zod";
import type { GateState, Host, Picked } from "./host";
import { readJob } from "./job-event";
import { Refusal } from "./problem";
import type { Job, Problem } from "./wire";

const answer = z.object({
  status: z.number(),
  content_type: z.string().nullish(),
  body: z.string(),
  base64: z.boolean().optional(),
});
const gateState = z.object({
  state: z.enum(["open", "needs_passphrase", "first_run", "broken"]),
  message: z.string(),
  hint: z.string().nullish(),
  workspace: z.string().nullish(),
});
const created = z.object({ recovery_key: z.string().nullable() });
const paths = z.array(z.string());

/** A command's refusal is a problem like the door's; anything else is one sentence. */
async function command(name: string, ask?: Record<string, unknown>): Promise<unknown> {
  try {
    return await invoke(name, ask);
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error) throw new Refusal(error as Problem);
    throw new Refusal({
      code: "window.refused",
      title: "The window could not do that",
      detail: String(error),
      status: 0,
    });
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function base64Of(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

async function send(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = request.method === "GET" ? "" : await request.text();
  const told = answer.parse(
    await command("api", {
      method: request.method,
      path: `${pathname}${search}`,
      body: body === "" ? null : body,
    }),
  );
  const empty = told.status === 204 || told.status === 205 || told.status === 304;
  return new Response(empty ? null : told.base64 ? bytesOf(told.body) : told.body, {
    status: told.status,
    headers: { "content-type": told.content_type ?? "application/json" },
  });
}

function named(path: string): Picked {
  return { name: path.split(/[\\/]/).at(-1) ?? path, path };
}

function onDrop({
  over,
  drop,
}: {
  over: (over: boolean) => void;
  drop: (picked: Picked[], refused: string[]) => void;
}) {
  const stop = getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === "enter" || payload.type === "over") over(true);
    else over(false);
    if (payload.type === "drop") drop(payload.paths.map(named), []);
  });
  return () => {
    stop.then((unlisten) => unlisten());
  };
}

function watchJobs(onJob: (job: Job) => void): () => void {
  let watching = true;
  const channel = new Channel<unknown>((event) => {
    const job = watching ? readJob(event) : undefined;
    if (job !== undefined) onJob(job);
  });
  invoke("subscribe", { channel }).catch(() => undefined);
  return () => {
    watching = false;
  };
}

const state = async (name: string, ask?: Record<string, unknown>): Promise<GateState> =>
  gateState.parse(await command(name, ask));

/** The desktop window: the same requests, through the shell instead of a socket. */
export const desktopHost: Host = {
  kind: "desktop",
  send,
  watchJobs,
  pickFiles: async () => paths.parse(await command("pick_files")).map(named),
  pickFolder: async () => paths.parse(await command("pick_folder")).map(named),
  importFiles: async (picked, ask) =>
    (await command("import_paths", {
      paths: picked.flatMap((one) => ("path" in one ? [one.path] : [])),
      client: ask.client ?? null,
      add: ask.add,
      skipBadRows: ask.skipBadRows,
    })) as Job[],
  onDrop,
  save: async (name, content) =>
    z
      .string()
      .nullable()
      .parse(await command("save_file", { name, base64: await base64Of(content) })),
  gate: {
    state: () => state("workspace_state"),
    unlock: (passphrase) => state("unlock", { passphrase }),
    create: async (ask) =>
      created.parse(
        await command("create", {
          name: ask.name,
          sandbox: ask.sandbox,
          passphrase: ask.passphrase ?? null,
        }),
      ),
    openFile: async () => gateState.nullable().parse(await command("open_workspace")),
  },
  painted: () => {
    invoke("painted").catch(() => undefined);
  },
};
