import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorPanel } from "../shared/ErrorPanel";
import { Page } from "../shared/Page";

/** A place that broke says so; the rest of the interface stays. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page broke">
      <ErrorPanel error={error} retry={reset} />
    </Page>
  );
}

export function Nowhere() {
  return (
    <Page title="There is no such page">
      <p className="soft">The address leads nowhere. Choose a place on the left.</p>
    </Page>
  );
}
