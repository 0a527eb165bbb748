import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** Calls `leave` when the page has become another: what was opened over the one before is no longer about it. */
export function useLeaving(leave: () => void): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const before = useRef(path);
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    if (before.current !== path) latest.current();
    before.current = path;
  }, [path]);
}
