import { Button, Group, Text } from "@mantine/core";
import { notifications, notificationsStore } from "@mantine/notifications";
import type { Refusal } from "../host/problem";

/** Notices that are seen at a time. */
export const MOST_NOTICES = 4;

/** Lets the oldest notices of what was done go: a new one that waited behind them could not be undone. */
function makeRoom(): void {
  const seen = notificationsStore.getState().notifications;
  const done = seen.filter((notice) => notice.color === "teal");
  for (const notice of done.slice(0, Math.max(0, seen.length - MOST_NOTICES + 1))) {
    if (notice.id !== undefined) notifications.hide(notice.id);
  }
}

/** Says that something was done, and offers to undo it. */
export function showDone(message: string, undo?: () => void): void {
  makeRoom();
  const id = notifications.show({
    color: "teal",
    closeButtonProps: { "aria-label": "Dismiss" },
    autoClose: undo === undefined ? 5000 : 12_000,
    message:
      undo === undefined ? (
        message
      ) : (
        <Group justify="space-between" wrap="nowrap" gap={8}>
          <Text size="sm">{message}</Text>
          <Button
            variant="default"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            Undo
          </Button>
        </Group>
      ),
  });
}

/** Says why something was not done. */
export function showRefusal(refusal: Refusal): void {
  notifications.show({
    color: "red",
    closeButtonProps: { "aria-label": "Dismiss" },
    title: refusal.message,
    message: refusal.hint ?? "",
    autoClose: 12_000,
  });
}
