import { beforeEach, expect, it } from "vitest";
import { api, openDoor } from "./client";
import { fakeHost } from "./fake";
import { readJob } from "./job-event";
import { asRefusal, data, Refusal } from "./problem";

beforeEach(() => openDoor(fakeHost({})));

it("turns a problem into a refusal with its code and sentence", async () => {
  const answer = await api.GET("/api/v1/session");
  expect(() => data(answer)).toThrow(Refusal);
  expect(asRefusal(answer.error)).toMatchObject({ code: "not_found", status: 404 });
});

it("says that the program does not answer when nothing does", () => {
  for (const said of ["Failed to fetch", "Load failed", "NetworkError when attempting to fetch resource."]) {
    expect(asRefusal(new TypeError(said))).toMatchObject({ code: "door.closed" });
  }
});

it("does not blame the program for a fault of the page", () => {
  const fault = new TypeError("Cannot read properties of null");
  expect(asRefusal(fault)).toMatchObject({ code: "interface.error" });
});

it("reads jobs off the stream and nothing else", () => {
  expect(readJob('{"id":1,"kind":"import","title":"x","state":"running","done":1}')).toMatchObject({
    done: 1,
  });
  expect(readJob("{oops")).toBeUndefined();
  expect(readJob({ id: 1, state: "exploded" })).toBeUndefined();
});
