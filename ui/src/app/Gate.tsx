import { Center, Loader } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { host } from "../host/client";
import type { GateState } from "../host/host";
import { ErrorPanel } from "../shared/ErrorPanel";
import { FirstRun } from "./FirstRun";
import styles from "./Gate.module.css";
import { Unlock } from "./Unlock";

/** Lets through to the places once a workspace is open. Only the window has one to open. */
export function Gate({ children }: { children: ReactNode }) {
  const gate = host().gate;
  const [state, setState] = useState<GateState | undefined>(
    gate === undefined ? { state: "open", message: "" } : undefined,
  );
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    gate?.state().then(setState, setError);
  }, [gate]);

  if (state?.state === "open") return children;
  if (gate === undefined || state === undefined) {
    return (
      <Center h="100vh">
        {error === undefined ? (
          <Loader size="sm" aria-label="Opening" />
        ) : (
          <div className={styles.card}>
            <ErrorPanel error={error} />
          </div>
        )}
      </Center>
    );
  }
  return (
    <main className={styles.stage}>
      {state.state === "needs_passphrase" ? (
        <Unlock gate={gate} state={state} onState={setState} />
      ) : (
        <FirstRun gate={gate} state={state} onState={setState} />
      )}
    </main>
  );
}
