import { Button, Drawer } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Transfer } from "../../../host/wire";
import { nameSize } from "../../../shared/sizes";
import { Answer } from "../../../shared/Waiting";
import styles from "../Tenants.module.css";
import { failedFiles, retryFile } from "./care";

type FailedDrawerProps = { transfer: Transfer; onClose: () => void };

/** What did not arrive and why, and the way to send each as it is now. */
export function FailedDrawer({ transfer, onClose }: FailedDrawerProps) {
  const cache = useQueryClient();
  const query = useQuery(failedFiles(transfer));
  const retry = useMutation({
    mutationFn: (file: Parameters<typeof retryFile>[1]) => retryFile(transfer.id, file),
    onSettled: () => cache.invalidateQueries({ queryKey: ["transfers"] }),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      title={`What did not arrive of ${transfer.title}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Answer query={query}>
        {(files) =>
          files.length === 0 ? (
            <p className="soft">Everything arrived, or is on its way.</p>
          ) : (
            <ul className={styles.list} aria-label="Files that did not arrive">
              {files.map((file) => (
                <li key={file.file}>
                  <span className={styles.grow}>
                    <strong>{file.path || transfer.title}</strong>{" "}
                    <span className="soft">{nameSize(file.bytes)}</span>
                    <div>{file.reason}</div>
                  </span>
                  <Button
                    variant="default"
                    leftSection={<IconRefresh size={15} aria-hidden="true" />}
                    aria-label={`Send ${file.path || transfer.title} as it is now`}
                    loading={retry.isPending && retry.variables.file === file.file}
                    onClick={() => retry.mutate(file)}
                  >
                    Send as it is now
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Drawer>
  );
}
