import { Channel, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { z } from "zod";
import type { GateState, Habits, Host, Picked } from "./host";
import { readJob } from "./job-event";
import { Refusal } from "./problem";
import type { Job, Problem, Transfer, UploadPreflight } from "./wire";

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
const habits = z.object({ keep_running: z.boolean(), start_at_login: z.boolean().nullable() });
const place = z.object({ kind: z.literal("place"), place: z.string() });

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
  const content = request.method === "GET" ? undefined : await request.blob();
  const sent = content === undefined || content.size === 0 ? undefined : content;
  const isText = sent?.type.startsWith("application/json");
  const told = answer.parse(
    await command("api", {
      method: request.method,
      path: `${pathname}${search}`,
      body: sent === undefined || !isText ? null : await sent.text(),
      file: sent === undefined || isText ? null : { kind: sent.type, base64: await base64Of(sent) },
    }),
  );
  const empty = told.status === 204 || told.status === 205 || told.status === 304;
  return new Response(empty ? null : told.base64 ? bytesOf(told.body) : told.body, {
    status: told.status,
    headers: { "content-type": told.content_type ?? "application/json" },
  });
}

function named(path: string): { name: string; path: string } {
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

type Listener = (event: unknown) => void;
const listeners = new Set<Listener>();
/** The stream of this window's events; begun with the first listener, and then kept. */
let stream: Channel<unknown> | undefined;

/** Hears what the shell tells of itself: jobs, and places that it is led to from outside. */
function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (stream === undefined) {
    const begun = new Channel<unknown>((event) => {
      if (begun === stream) for (const one of listeners) one(event);
    });
    stream = begun;
    // Whoever listens in the same turn hears the first event, too.
    queueMicrotask(() => {
      invoke("subscribe", { channel: begun }).catch(() => undefined);
    });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stream = undefined;
  };
}

function watchJobs(onJob: (job: Job) => void): () => void {
  return listen((event) => {
    const job = readJob(event);
    if (job !== undefined) onJob(job);
  });
}

function watchPlaces(onPlace: (place: string) => void): () => void {
  return listen((event) => {
    const told = place.safeParse(event);
    if (told.success) onPlace(told.data.place);
  });
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
  saveFrom: async (path, name) =>
    z
      .string()
      .nullable()
      .parse(await command("save_from_door", { path, name })),
  carry: {
    pick: async () => paths.parse(await command("pick_uploads")).map(named),
    lookAhead: async (tenant, from, ask) =>
      (await command("look_ahead", { tenant, paths: from, ask })) as UploadPreflight,
    upload: async (tenant, from, ask) =>
      (await command("upload_paths", { tenant, paths: from, ask })) as Transfer,
    download: async (tenant, ask) => (await command("download_files", { tenant, ask })) as Transfer | null,
  },
  habits: {
    read: async () => habits.parse(await command("habits")),
    keep: async ({ keep_running, start_at_login }: Habits) =>
      habits.parse(await command("set_habits", { keepRunning: keep_running, startAtLogin: start_at_login })),
  },
  watchPlaces,
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
