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

/** The files that hold these bytes, in any of the forms in which a key is likely to be written. */
export function filesHolding(folder, secret) {
  const bytes = /^[0-9a-f]{64}$/i.test(secret) ? Buffer.from(secret, "hex") : Buffer.from(secret, "base64");
  const forms = [Buffer.from(secret)];
  if (bytes.length >= 16) {
    forms.push(bytes, Buffer.from(bytes.toString("hex")), Buffer.from(bytes.toString("hex").toUpperCase()));
    forms.push(Buffer.from(bytes.toString("base64")), Buffer.from(bytes.toString("base64url")));
  }
  return filesBelow(folder).filter((path) => {
    const content = readFileSync(path);
    return forms.some((form) => content.includes(form));
  });
}
