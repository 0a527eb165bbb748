import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { Channel, ChannelDraft, Delivery } from "../../../host/wire";

const of = (id: number) => ({ params: { path: { id } } });

export async function saveChannel(body: ChannelDraft, id?: number): Promise<Channel> {
  return id === undefined
    ? data(await api.POST("/api/v1/channels", { body }))
    : data(await api.PUT("/api/v1/channels/{id}", { ...of(id), body }));
}

export async function deleteChannel(id: number): Promise<void> {
  data(await api.DELETE("/api/v1/channels/{id}", of(id)));
}

/** Sends an example of a notice, for real. */
export async function testChannel(id: number): Promise<Delivery> {
  return data(await api.POST("/api/v1/channels/{id}/test", of(id)));
}
