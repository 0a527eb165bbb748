import { SegmentedControl, Text, useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Page, Section } from "../../shared/Page";
import { usePermissions } from "../../shared/permissions";
import { session, settings } from "../../shared/queries";
import { SettingsTabs } from "../../shared/SettingsTabs";
import { Answer } from "../../shared/Waiting";
import { Care } from "./Care";
import { LetterheadSection } from "./Letterhead";
import { MailingSection } from "./Mailing";
import { SellerForm } from "./SellerForm";
import styles from "./Settings.module.css";

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Appearance">
      <SegmentedControl
        aria-label="Colours"
        data={[
          { value: "auto", label: "As the system" },
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
        ]}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as "auto" | "light" | "dark")}
      />
    </Section>
  );
}

/** The workspace: who sells, how invoices are made, how the file is kept safe. */
export function WorkspacePage() {
  const query = useQuery(settings);
  const who = useQuery(session);
  const may = usePermissions();
  return (
    <Page title="Settings" controls={<SettingsTabs current="workspace" />}>
      <div className={styles.narrow}>
        <Answer query={query}>
          {(current) => <SellerForm key={JSON.stringify(current)} current={current} />}
        </Answer>
        {may("administer the workspace") && <LetterheadSection />}
        {may("issue invoices") && <MailingSection />}
        <Care name={query.data?.name ?? "workspace"} />
        <Appearance />
        {who.data !== undefined && (
          <Text size="xs" c="dimmed" mt="xl">
            Tallyport {who.data.workspace.version} · workspace {who.data.workspace.id} · times in{" "}
            {who.data.workspace.zone}
          </Text>
        )}
      </div>
    </Page>
  );
}
