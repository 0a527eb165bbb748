import { host } from "./client";
import { data } from "./problem";

type Query = Record<string, string | number | string[] | undefined>;

/** Asks the door for what the generated client does not know yet. */
export async function ask<T>(method: string, path: string, query: Query = {}, body?: unknown): Promise<T> {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) params.append(key, String(one));
    }
  }
  const origin = window.location.origin.startsWith("http")
    ? window.location.origin
    : "http://tallyport.invalid";
  const search = params.size === 0 ? "" : `?${params}`;
  const response = await host().send(
    new Request(`${origin}/api/v1${path}${search}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    }),
  );
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  return response.ok ? data<T>({ data: answer as T, response }) : data<T>({ error: answer, response });
}
