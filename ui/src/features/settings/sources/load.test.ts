import { expect, it } from "vitest";
import { openDoor } from "../../../host/client";
import { fakeHost } from "../../../host/fake";
import { createExport, describeSource, nameKind, policyFor, setCap, setSource } from "./load";

it("asks for the permissions by name in a policy that can be pasted", () => {
  const policy = JSON.parse(policyFor(["bcm-data-exports:ListExports", "s3:GetObject"]));
  expect(policy.Statement).toEqual([
    { Effect: "Allow", Action: ["bcm-data-exports:ListExports", "s3:GetObject"], Resource: "*" },
  ]);
});

it("says where a connection's figures come from", () => {
  expect(describeSource({ kind: "cost_explorer" })).toBe("Cost Explorer");
  const source = {
    kind: "export",
    id: "arn",
    name: "daily",
    format: "csv",
    bucket: "bills",
    prefix: "a",
    holds: "focus",
    service: "bcm-data-exports",
    region: null,
    refresh: "daily",
    reason: null,
  } as const;
  expect(describeSource(source)).toBe("export daily (s3://bills/a)");
  expect(nameKind({ kind: "cur2", format: "parquet" })).toBe("CUR 2.0, Parquet");
});

it("uses, creates and caps what it is asked to", async () => {
  const sent: unknown[] = [];
  const keep = ({ body, matched }: { body: unknown; matched: string[] }) => {
    sent.push([...matched, body]);
    return {};
  };
  openDoor(
    fakeHost({
      "PUT /connections/*/source": keep,
      "POST /connections/*/exports": keep,
      "PATCH /connections/*": keep,
    }),
  );
  await setSource(3, "arn:aws:bcm-data-exports:us-east-1:1:export/a");
  await setSource(3, null);
  await createExport(3, { bucket: " bills ", prefix: "focus", name: "tallyport" });
  await setCap(3, 200);
  await setCap(3, null);
  expect(sent).toEqual([
    ["3", { export: "arn:aws:bcm-data-exports:us-east-1:1:export/a" }],
    ["3", { export: null }],
    ["3", { bucket: "bills", prefix: "focus", name: "tallyport" }],
    ["3", { monthly_request_cap: 200 }],
    ["3", { monthly_request_cap: null }],
  ]);
});
