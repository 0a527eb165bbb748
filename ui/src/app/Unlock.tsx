import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Gate, GateState } from "../host/host";
import { ErrorPanel } from "../shared/ErrorPanel";
import styles from "./Gate.module.css";
import mark from "./mark.svg";

type UnlockProps = { gate: Gate; state: GateState; onState: (state: GateState) => void };

/** Asks for the passphrase where the keychain does not hold the key. */
export function Unlock({ gate, state, onState }: UnlockProps) {
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const attempt = async (work: () => Promise<GateState>) => {
    setBusy(true);
    setError(undefined);
    try {
      onState(await work());
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const open = (event: FormEvent) => {
    event.preventDefault();
    return attempt(() => gate.unlock(passphrase));
  };
  return (
    <form className={styles.card} onSubmit={open}>
      <Stack gap="md">
        <img src={mark} alt="" width={44} height={44} />
        <div>
          <Title order={1}>Open {state.workspace?.split(/[\\/]/).at(-1) ?? "your workspace"}</Title>
          <Text c="dimmed" mt={4}>
            {state.message}
          </Text>
        </div>
        {state.hint && <Alert color="gray">{state.hint}</Alert>}
        <PasswordInput
          label="Passphrase or recovery key"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
          autoFocus
        />
        {error !== undefined && <ErrorPanel error={error} />}
        <Button type="submit" loading={busy} disabled={passphrase === ""}>
          Open
        </Button>
        <Button variant="default" disabled={busy} onClick={() => attempt(() => gate.state())}>
          Try the keychain again
        </Button>
      </Stack>
    </form>
  );
}
