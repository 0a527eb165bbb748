import type { Replies } from "../src/host/fake";
import type { SharedResult, SharingDraft, SharingMove, SharingRule } from "../src/host/wire";

/** What the made-up company answers about costs that several bear. */

const WORST = '<img src=x onerror="window.__ran=1">';
const platform = { key: "team:1", label: "Platform" };
const support = { key: "team:2", label: "Support" };
const ada = { key: "person:1", label: "Ada Lovelace" };
const grace = { key: "person:2", label: "Grace Hopper" };
const worst = { key: "person:9", label: WORST };

const rules: SharingRule[] = [
  {
    id: 1,
    pot: platform,
    method: "proportional",
    takers: [
      { owner: ada, share: null },
      { owner: grace, share: null },
      { owner: worst, share: null },
    ],
    onward: null,
    note: "The clusters are used by everybody",
  },
  {
    id: 2,
    pot: support,
    method: "fixed",
    takers: [{ owner: ada, share: "0.75" }],
    onward: { owner: platform, share: "0.25" },
    note: null,
  },
];

const results: SharedResult[] = [
  {
    currency: "USD",
    total: "48210.77",
    rows: [
      { owner: grace, direct: "20110.00", shared: "7215.25", total: "27325.25" },
      { owner: ada, direct: "11234.10", shared: "4901.42", total: "16135.52" },
      { owner: worst, direct: "0.00", shared: "0.00", total: "0.00" },
      { owner: { key: "unowned", label: "Unowned" }, direct: "4750.00", shared: "0.00", total: "4750.00" },
    ],
    pots: [
      { owner: platform, amount: "10104.00", fell_back_to_even: false },
      { owner: support, amount: "2012.67", fell_back_to_even: true },
    ],
  },
];

const move: SharingMove = {
  currency: "USD",
  pot: "10104.00",
  fell_back_to_even: false,
  rows: [
    { owner: platform, before: "10104.00", after: "0.00", moved: "-10104.00" },
    { owner: grace, before: "20110.00", after: "26567.45", moved: "6457.45" },
    { owner: ada, before: "11234.10", after: "14880.65", moved: "3646.55" },
  ],
};

function made({ pot, method, takers, note }: SharingDraft): SharingRule {
  const owner = (text: string) => ({ key: text, label: text.slice(text.indexOf(":") + 1) });
  const taking = (takers ?? []).map((one) => ({ owner: owner(one.owner), share: one.share ?? null }));
  return { id: 3, pot: owner(pot), method, takers: taking, onward: null, note: note ?? null };
}

export const sharing: Replies = {
  "GET /sharing": () => ({ rules }),
  "GET /sharing/costs": () => ({ results }),
  "POST /sharing/preview": () => ({ results: [move] }),
  "POST /sharing": ({ body }) => made(body as SharingDraft),
  "PUT /sharing/*": ({ body }) => made(body as SharingDraft),
  "DELETE /sharing/*": () => undefined,
};
