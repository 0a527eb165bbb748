import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, host } from "../../../host/client";
import { data } from "../../../host/problem";
import { addressOf, plainName, saveAnswer } from "../../../shared/saving";

const at = (id: number) => ({ params: { path: { id } } });
const of = (id: number, path: string) => ({ params: { path: { id }, query: { path } } });

/** What lies in a folder, page by page. */
export const files = (id: number, prefix: string, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["tenants", id, "files", prefix, search],
    queryFn: async ({ pageParam }) =>
      data(
        await api.GET("/api/v1/tenants/{id}/files", {
          params: { path: { id }, query: { prefix, search, continuation: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.continuation ?? undefined,
    // Others bring files by SFTP without this program hearing of it.
    staleTime: 0,
    retry: false,
  });

/** The last step of a path: `a/b.txt` is `b.txt`, `a/b/` is `b`. */
export function nameOf(path: string): string {
  return path.replace(/\/$/, "").split("/").at(-1) ?? path;
}

/** The folders from the outermost to this one: `a/b/` is in `a/`. */
export function trailOf(prefix: string): { name: string; path: string }[] {
  const steps = prefix.split("/").filter((step) => step !== "");
  return steps.map((name, last) => ({ name, path: `${steps.slice(0, last + 1).join("/")}/` }));
}

/** Whether a folder can be had with all that is in it: a page is handed single files only. */
export const savesFolders = () => host().carry !== undefined;

/**
 * Fetches a file whole, or a folder with all that is in it, to where the person says. What became of that, or null
 * when they think better of it.
 */
export async function save(id: number, path: string): Promise<string | null> {
  const { carry } = host();
  if (carry === undefined) {
    const address = addressOf(`/tenants/${id}/files/whole`, { path });
    const where = await saveAnswer(address, plainName(nameOf(path)));
    return where === null ? null : `Saved as ${where}`;
  }
  const begun = await carry.download(id, { paths: [path], on_clash: "keep-both" });
  return begun === null ? null : `${nameOf(path)} is on its way; Transfers says how far`;
}

export async function copyFile(id: number, from: string, to: string): Promise<void> {
  data(await api.POST("/api/v1/tenants/{id}/files/copy", { ...at(id), body: { from, to } }));
}

/** What broken uploads left behind, which is paid for until somebody cleans it up. */
export const leftovers = (id: number) =>
  queryOptions({
    queryKey: ["tenants", id, "leftovers"],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}/files/leftovers", at(id))),
    retry: false,
  });

export async function cleanUp(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/tenants/{id}/files/leftovers", at(id)));
}

export async function makeFolder(id: number, path: string): Promise<void> {
  data(await api.POST("/api/v1/tenants/{id}/files/folder", { ...at(id), body: { path } }));
}

export async function renameFile(id: number, from: string, to: string): Promise<void> {
  data(await api.POST("/api/v1/tenants/{id}/files/rename", { ...at(id), body: { from, to } }));
}

export async function deleteFile(id: number, path: string): Promise<void> {
  data(await api.DELETE("/api/v1/tenants/{id}/files", of(id, path)));
}

/** What the file was, the latest first. */
export const versions = (id: number, path: string) =>
  queryOptions({
    queryKey: ["tenants", id, "versions", path],
    queryFn: async () => data(await api.GET("/api/v1/tenants/{id}/files/versions", of(id, path))).versions,
    gcTime: 0,
  });

/** Has a version back, or without one what was removed last. */
export async function restoreFile(id: number, path: string, version?: string): Promise<void> {
  const body = version === undefined ? { path } : { path, version };
  data(await api.POST("/api/v1/tenants/{id}/files/restore", { ...at(id), body }));
}

/** A link that lets whoever has it fetch the file for a while. */
export async function shareFile(id: number, path: string, seconds: number) {
  return data(await api.POST("/api/v1/tenants/{id}/files/share", { ...at(id), body: { path, seconds } }));
}
