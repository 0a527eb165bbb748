/** A file as the body of a request of the generated client, which would make text of it. */
export function asBody(file: File): {
  body: never;
  bodySerializer: () => File;
  headers: Record<string, string>;
} {
  return {
    body: file as never,
    bodySerializer: () => file,
    headers: { "content-type": file.type === "application/json" ? OPAQUE : file.type || OPAQUE },
  };
}

/** What says nothing of a file; a file of JSON must not be taken for a request. */
const OPAQUE = "application/octet-stream";
