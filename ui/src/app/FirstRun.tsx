import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconBuildingFactory2, IconFolderOpen, IconPlayerPlay } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Gate, GateState } from "../host/host";
import { ErrorPanel } from "../shared/ErrorPanel";
import styles from "./Gate.module.css";
import mark from "./mark.svg";

type FirstRunProps = { gate: Gate; state: GateState; onState: (state: GateState) => void };

function Choice(props: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  onClick: () => void;
  busy: boolean;
}) {
  return (
    <button type="button" className={styles.choice} onClick={props.onClick} disabled={props.busy}>
      <span className={styles.choiceIcon} aria-hidden="true">
        {props.icon}
      </span>
      <span>
        <strong>{props.title}</strong>
        <span className={styles.choiceText}>{props.children}</span>
      </span>
    </button>
  );
}

/** The key that opens the workspace when all else is lost; shown this once. */
function RecoveryKey({ words, onKept }: { words: string; onKept: () => void }) {
  const [kept, setKept] = useState(false);
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Keep this recovery key</Title>
        <Text c="dimmed" mt={4}>
          It opens the workspace if this computer or its keychain is lost. It is shown this once, and nobody
          can make it again.
        </Text>
      </div>
      <Code block className={styles.key} data-testid="recovery-key">
        {words}
      </Code>
      <CopyButton value={words}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? "Copied" : "Copy the key"}
          </Button>
        )}
      </CopyButton>
      <Checkbox
        size="sm"
        label="I have put it where I will find it again"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button disabled={!kept} onClick={onKept}>
        Go on
      </Button>
    </Stack>
  );
}

/** The first thing a new person sees: look around, begin, or open what there is. */
export function FirstRun({ gate, state, onState }: FirstRunProps) {
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [askPassphrase, setAskPassphrase] = useState(false);
  const [recoveryKey, setRecoveryKey] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (refused) {
      setError(refused);
      const code = (refused as { code?: string }).code ?? "";
      // Without a keychain the key has to be wrapped in a passphrase.
      if (code.startsWith("key")) setAskPassphrase(true);
    } finally {
      setBusy(false);
    }
  };
  const proceed = async () => onState(await gate.state());
  const lookAround = () =>
    run(async () => {
      await gate.create({ name: "Demo", sandbox: true });
      await proceed();
    });
  const create = (event: FormEvent) => {
    event.preventDefault();
    return run(async () => {
      const made = await gate.create({ name, sandbox: false, passphrase: passphrase || undefined });
      if (made.recovery_key === null) await proceed();
      else setRecoveryKey(made.recovery_key);
    });
  };
  const openFile = () =>
    run(async () => {
      const opened = await gate.openFile();
      if (opened !== null) onState(opened);
    });

  if (recoveryKey !== undefined) {
    return (
      <div className={styles.card}>
        <RecoveryKey words={recoveryKey} onKept={() => run(proceed)} />
      </div>
    );
  }
  return (
    <div className={styles.card}>
      <Stack gap="md">
        <img src={mark} alt="" width={48} height={48} />
        <div>
          <Title order={1}>{naming ? "New workspace" : "Welcome to Tallyport"}</Title>
          <Text c="dimmed" mt={4}>
            {naming
              ? "An encrypted file on this computer. Its key goes into the system's keychain."
              : "What your cloud cost, who caused it, and the invoices that follow from it. Everything stays on this computer."}
          </Text>
        </div>
        {state.state === "broken" && (
          <Alert color="red" title={state.message}>
            {state.hint}
          </Alert>
        )}
        {error !== undefined && <ErrorPanel error={error} />}
        {naming ? (
          <form onSubmit={create}>
            <Stack gap="sm">
              <TextInput
                label="Name"
                placeholder="Your company"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                autoFocus
              />
              {askPassphrase && (
                <PasswordInput
                  label="Passphrase"
                  description="This system has no keychain that answers, so a passphrase guards the file."
                  value={passphrase}
                  onChange={(event) => setPassphrase(event.currentTarget.value)}
                  autoComplete="new-password"
                />
              )}
              <Group mt="xs">
                <Button type="submit" loading={busy} disabled={name.trim() === ""}>
                  Create workspace
                </Button>
                <Button variant="default" onClick={() => setNaming(false)}>
                  Back
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <Stack gap="xs">
            <Choice
              icon={<IconPlayerPlay size={20} />}
              title="Look around with demo data"
              onClick={lookAround}
              busy={busy}
            >
              A made-up company with a year of bills. Nothing leaves this computer.
            </Choice>
            <Choice
              icon={<IconBuildingFactory2 size={20} />}
              title="New workspace"
              onClick={() => setNaming(true)}
              busy={busy}
            >
              Begin with your own bills: a file, or AWS Cost Explorer.
            </Choice>
            <Choice icon={<IconFolderOpen size={20} />} title="Open file…" onClick={openFile} busy={busy}>
              A workspace (.tally) that is already there.
            </Choice>
          </Stack>
        )}
      </Stack>
    </div>
  );
}
