import type { DropListener, Host, ImportAsk, Picked } from "./host";
import { readJob } from "./job-event";
import { data } from "./problem";
import type { Job, Problem } from "./wire";

const PREFIX = "/api/v1";

async function upload(picked: Picked, ask: ImportAsk): Promise<Job> {
  if (!("file" in picked)) throw new Error("a browser has no paths");
  const query = new URLSearchParams({ name: picked.name });
  if (ask.client !== undefined) query.set("client", ask.client);
  if (ask.add) query.set("add", "true");
  if (ask.skipBadRows) query.set("skip_bad_rows", "true");
  const response = await fetch(`${PREFIX}/imports?${query}`, {
    method: "POST",
    body: picked.file,
    headers: { "content-type": "application/octet-stream" },
  });
  const body: unknown = await response.json().catch(() => undefined);
  return response.ok
    ? data<Job>({ data: body as Job, response })
    : data<Job>({ error: body as Problem, response });
}

function pickFiles(): Promise<Picked[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = ".csv,.gz,.parquet,text/csv,application/gzip";
    input.hidden = true;
    const finish = (picked: Picked[]) => {
      input.remove();
      resolve(picked);
    };
    input.addEventListener("change", () =>
      finish(Array.from(input.files ?? [], (file) => ({ name: file.name, file }))),
    );
    input.addEventListener("cancel", () => finish([]));
    document.body.append(input);
    input.click();
  });
}

function onDrop({ over, drop }: DropListener): () => void {
  let depth = 0;
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const enter = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    over(true);
  };
  const leave = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) over(false);
  };
  const hover = (event: DragEvent) => {
    if (holdsFiles(event)) event.preventDefault();
  };
  const dropped = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    const folders = new Set(
      Array.from(event.dataTransfer?.items ?? [], (item) => item.webkitGetAsEntry?.())
        .filter((entry) => entry?.isDirectory)
        .map((entry) => entry?.name ?? ""),
    );
    const files = Array.from(event.dataTransfer?.files ?? []).filter((file) => !folders.has(file.name));
    drop(
      files.map((file) => ({ name: file.name, file })),
      [...folders],
    );
  };
  window.addEventListener("dragenter", enter);
  window.addEventListener("dragleave", leave);
  window.addEventListener("dragover", hover);
  window.addEventListener("drop", dropped);
  return () => {
    window.removeEventListener("dragenter", enter);
    window.removeEventListener("dragleave", leave);
    window.removeEventListener("dragover", hover);
    window.removeEventListener("drop", dropped);
  };
}

function watchJobs(onJob: (job: Job) => void): () => void {
  const events = new EventSource(`${PREFIX}/events`);
  events.addEventListener("job", (event) => {
    const job = readJob((event as MessageEvent).data);
    if (job !== undefined) onJob(job);
  });
  return () => events.close();
}

async function save(name: string, content: Blob): Promise<string> {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the blob after this turn; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

/** A browser on `tally serve`. */
export const browserHost: Host = {
  kind: "browser",
  send: (request) => fetch(request),
  watchJobs,
  pickFiles,
  importFiles: (picked, ask) => Promise.all(picked.map((one) => upload(one, ask))),
  onDrop,
  save,
  painted: () => undefined,
};
