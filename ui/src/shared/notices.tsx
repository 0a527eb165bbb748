import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Refusal } from "../host/problem";

/** Says that something was done, and offers to undo it. */
export function showDone(message: string, undo?: () => void): void {
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
