// Looking at what the program leaves on the disk.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** The files that hold this text or these bytes, in any of the forms in which a key is likely to be written. */
export function filesHolding(folder, secret) {
  const bytes = Buffer.from(secret);
  const forms = [bytes];
  if (bytes.length >= 16) {
    const hex = bytes.toString("hex");
    for (const text of [hex, hex.toUpperCase(), bytes.toString("base64"), bytes.toString("base64url")]) {
      forms.push(Buffer.from(text));
    }
  }
  return filesBelow(folder).filter((path) => {
    const content = readFileSync(path);
    return forms.some((form) => content.includes(form));
  });
}
