// Makes the typed client from the program's OpenAPI document; with --check, only compares.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTypescript, { astToString } from "openapi-typescript";

const DOCUMENT = new URL("../docs/openapi.json", import.meta.url);
const CLIENT = new URL("./src/host/api.gen.ts", import.meta.url);
const HEAD = "// Generated from docs/openapi.json by `npm run generate`. Not edited by hand.\n\n";

export async function generated() {
  return HEAD + astToString(await openapiTypescript(DOCUMENT, { alphabetize: true }));
}

export function committed() {
  return readFileSync(CLIENT, "utf8");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const client = await generated();
  if (!process.argv.includes("--check")) writeFileSync(CLIENT, client);
  else if (client !== committed()) {
    console.error("ui/src/host/api.gen.ts is stale: run `npm run generate` in ui/.");
    process.exit(1);
  }
}
