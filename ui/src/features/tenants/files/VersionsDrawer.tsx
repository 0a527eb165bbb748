import { Button, Drawer, Group } from "@mantine/core";
import { IconDownload, IconRestore } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tenant, TenantFile } from "../../../host/wire";
import { nameMoment } from "../../../shared/days";
import { showDone } from "../../../shared/notices";
import { nameSize } from "../../../shared/sizes";
import { Answer } from "../../../shared/Waiting";
import styles from "../Tenants.module.css";
import { nameOf, restoreFile, save, versions } from "./load";
import { Preview } from "./Preview";

type VersionsDrawerProps = { tenant: Tenant; file: TenantFile; onClose: () => void };

/** What a file holds, what it was before, and the way back to that. */
export function VersionsDrawer({ tenant, file, onClose }: VersionsDrawerProps) {
  const cache = useQueryClient();
  const name = nameOf(file.path);
  const query = useQuery(versions(tenant.id, file.path));
  const saving = useMutation({
    mutationFn: () => save(tenant.id, file.path),
    onSuccess: (done) => {
      void cache.invalidateQueries({ queryKey: ["transfers"] });
      if (done !== null) showDone(done);
    },
  });
  const restore = useMutation({
    mutationFn: (version: string) => restoreFile(tenant.id, file.path, version),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["tenants", tenant.id] });
      showDone(`${name} is as it was then`);
    },
  });
  return (
    <Drawer opened onClose={onClose} title={name} closeButtonProps={{ "aria-label": "Close" }}>
      <Group mb="md">
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden="true" />}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          Save…
        </Button>
        <span className="soft">
          {nameSize(file.bytes)} · {nameMoment(file.modified)}
        </span>
      </Group>
      <Preview tenant={tenant} file={file} />
      <section aria-label="Versions">
        <h3 className={styles.part}>Versions</h3>
        <Answer query={query}>
          {(all) => (
            <ul className={styles.list}>
              {all.map(({ id, modified, bytes, is_latest }) => (
                <li key={id}>
                  <span className={styles.grow}>
                    {nameMoment(modified)}{" "}
                    <span className="soft">
                      {bytes === null ? "deleted" : nameSize(bytes)}
                      {is_latest && " · as it is now"}
                    </span>
                  </span>
                  {bytes !== null && !is_latest && (
                    <Button
                      variant="subtle"
                      leftSection={<IconRestore size={15} aria-hidden="true" />}
                      loading={restore.isPending}
                      onClick={() => restore.mutate(id)}
                    >
                      Back to this
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </section>
    </Drawer>
  );
}
