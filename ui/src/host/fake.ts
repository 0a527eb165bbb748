import type { Host } from "./host";
import type { Job } from "./wire";

type Reply = (ask: { url: URL; body: unknown; matched: string[] }) => unknown;

/** Answers by `METHOD /path`, where `*` stands for one step of the path. A thrown object with a
 * `status` becomes that problem, a blob the file that it is. */
export type Replies = Record<string, Reply>;

function find(replies: Replies, method: string, path: string): [Reply, string[]] | undefined {
  for (const [pattern, reply] of Object.entries(replies)) {
    const [verb, shape = ""] = pattern.split(" ");
    const match = new RegExp(`^/api/v1${shape.replaceAll("*", "([^/]+)")}$`).exec(path);
    if (verb === method && match !== null) return [reply, match.slice(1)];
  }
  return undefined;
}

/** A door with nothing behind it but the given answers. Keeps what was asked. */
export function fakeHost(replies: Replies): Host & { asked: string[]; tell: (job: Job) => void } {
  const asked: string[] = [];
  const watchers = new Set<(job: Job) => void>();
  return {
    kind: "fake",
    asked,
    tell: (job) => {
      for (const watcher of watchers) watcher(job);
    },
    send: async (request) => {
      const url = new URL(request.url);
      asked.push(`${request.method} ${url.pathname}${decodeURIComponent(url.search)}`);
      const found = find(replies, request.method, url.pathname);
      if (found === undefined) {
        return Response.json(
          { code: "not_found", title: "Not found", detail: `Nothing answers ${url.pathname}.`, status: 404 },
          { status: 404 },
        );
      }
      const text = request.method === "GET" ? "" : await request.text();
      const isFile = !request.headers.get("content-type")?.startsWith("application/json");
      try {
        const body = text === "" ? undefined : isFile ? text : JSON.parse(text);
        const reply = found[0]({ url, body, matched: found[1] });
        if (reply instanceof Blob) return new Response(reply);
        return reply === undefined ? new Response(null, { status: 204 }) : Response.json(reply);
      } catch (problem) {
        const status = (problem as { status?: number }).status ?? 500;
        return Response.json(problem, { status });
      }
    },
    watchJobs: (onJob) => {
      watchers.add(onJob);
      return () => watchers.delete(onJob);
    },
    pickFiles: async () => [],
    importFiles: async () => [],
    onDrop: () => () => undefined,
    save: async (name) => name,
    painted: () => undefined,
  };
}
