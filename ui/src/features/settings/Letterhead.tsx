import { Button, ColorInput, FileButton, Group, Select, Stack } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LetterheadDraft } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { PAPER_LANGUAGES } from "../../shared/languages";
import { showDone } from "../../shared/notices";
import { Section } from "../../shared/Page";
import { Answer } from "../../shared/Waiting";
import { dropLogo, letterhead, logo, saveLetterhead, setLogo } from "./load";
import styles from "./Settings.module.css";

/** The logo as it will be printed; white behind it, as the paper is. */
function Logo({ hash }: { hash: string }) {
  const query = useQuery(logo(hash));
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (query.data === undefined) return;
    const made = URL.createObjectURL(query.data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [query.data]);
  return address === undefined ? null : <img className={styles.logo} src={address} alt="The logo" />;
}

/** How documents look: their language where a buyer has none, the paper, the colour and the logo. */
export function LetterheadSection() {
  const cache = useQueryClient();
  const query = useQuery(letterhead);
  const changed = (told: string) => () => {
    void cache.invalidateQueries({ queryKey: ["letterhead"] });
    showDone(told);
  };
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: saveLetterhead,
    onSuccess: changed("Documents look like that from the next draft on"),
  });
  const set = useMutation({
    meta: { quiet: true },
    mutationFn: setLogo,
    onSuccess: changed("The logo stands on documents from the next draft on"),
  });
  const drop = useMutation({
    meta: { quiet: true },
    mutationFn: dropLogo,
    onSuccess: changed("Documents have no logo from the next draft on"),
  });
  const fault = save.error ?? set.error ?? drop.error;
  return (
    <Section title="Letterhead" note="what was issued keeps the look it had">
      <Answer query={query}>
        {({ language, paper, brand = null, logo: hash = null }) => {
          const now = { language, paper, brand };
          const keep = (part: Partial<LetterheadDraft>) => save.mutate({ ...now, ...part });
          return (
            <Stack gap="sm">
              <Group grow align="flex-start" gap="sm">
                <Select
                  label="Language"
                  data={[...PAPER_LANGUAGES]}
                  value={language}
                  onChange={(next) => next !== null && keep({ language: next })}
                />
                <Select
                  label="Paper"
                  data={[
                    { value: "a4", label: "A4" },
                    { value: "letter", label: "Letter" },
                  ]}
                  value={paper}
                  onChange={(next) => next !== null && keep({ paper: next })}
                />
                <ColorInput
                  key={brand}
                  label="Colour"
                  placeholder="Tallyport's blue"
                  withEyeDropper={false}
                  defaultValue={brand ?? ""}
                  onChangeEnd={(next) => keep({ brand: next || null })}
                />
              </Group>
              <Group gap="sm">
                {hash !== null && <Logo hash={hash} />}
                <FileButton
                  accept="image/png,image/svg+xml"
                  onChange={(file) => file !== null && set.mutate(file)}
                >
                  {(props) => (
                    <Button
                      {...props}
                      variant="default"
                      loading={set.isPending}
                      leftSection={<IconPhoto size={15} aria-hidden="true" />}
                    >
                      {hash === null ? "Set a logo…" : "Another logo…"}
                    </Button>
                  )}
                </FileButton>
                {hash !== null && (
                  <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
                    Take it away
                  </Button>
                )}
                <span className="soft">PNG or SVG, at most 1 MiB</span>
              </Group>
              {fault !== null && <ErrorPanel error={fault} />}
            </Stack>
          );
        }}
      </Answer>
    </Section>
  );
}
