import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../../host/planned";
import type { Channel, ChannelDraft, Delivery } from "../../../host/wire";

export const channels = queryOptions({
  queryKey: ["channels"],
  queryFn: async () => (await ask<{ channels: Channel[] }>("GET", "/channels")).channels,
  retry: false,
});

export function saveChannel(draft: ChannelDraft, id?: number): Promise<Channel> {
  return id === undefined ? ask("POST", "/channels", {}, draft) : ask("PUT", `/channels/${id}`, {}, draft);
}

export function deleteChannel(id: number): Promise<void> {
  return ask("DELETE", `/channels/${id}`);
}

/** Sends an example of a notice, for real. */
export function testChannel(id: number): Promise<Delivery> {
  return ask("POST", `/channels/${id}/test`, {}, {});
}
