import { Badge, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tenant } from "../../../host/wire";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Scrolled } from "../../../shared/Scrolled";
import { Answer } from "../../../shared/Waiting";
import { importUsers } from "./load";

const ACTIONS: Record<string, { name: string; colour: string }> = {
  add: { name: "added", colour: "teal" },
  change: { name: "changed", colour: "blue" },
  remove: { name: "removed", colour: "red" },
  unchanged: { name: "as before", colour: "gray" },
};

type ImportDialogProps = { tenant: Tenant; file: File; onClose: () => void };

/** Says what a list of users would change, line by line, before it does. */
export function ImportDialog({ tenant, file, onClose }: ImportDialogProps) {
  const cache = useQueryClient();
  const plan = useQuery({
    queryKey: ["users to import", tenant.id, file.name, file.lastModified],
    queryFn: () => importUsers(tenant.id, file, true),
    gcTime: 0,
    retry: false,
  });
  const apply = useMutation({
    meta: { quiet: true },
    mutationFn: () => importUsers(tenant.id, file, false),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["tenants"] });
      showDone(`The users of ${tenant.name} are those of ${file.name}`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Users from ${file.name}`} size={640}>
      <Stack gap="md">
        <Answer query={plan}>
          {({ rows }) => {
            const changes = rows.filter(({ action }) => action !== "unchanged");
            return (
              <>
                <Text size="sm" role="status">
                  {changes.length === 0
                    ? "It says what is there already."
                    : `${formatCount(changes.length)} of ${formatCount(rows.length)} users change.`}
                </Text>
                <Scrolled label="What changes">
                  <Table verticalSpacing={5} stickyHeader>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th ta="end">Line</Table.Th>
                        <Table.Th>User</Table.Th>
                        <Table.Th>Is</Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {rows.map(({ line, name, action, changes: what }) => (
                        <Table.Tr key={`${line} ${name}`}>
                          <Table.Td className="figure">{line}</Table.Td>
                          <Table.Td style={{ overflowWrap: "anywhere" }}>
                            {name}
                            {what.map((one) => (
                              <div key={one} className="soft">
                                {one}
                              </div>
                            ))}
                          </Table.Td>
                          <Table.Td>
                            <Badge color={ACTIONS[action]?.colour ?? "gray"} c="inherit">
                              {ACTIONS[action]?.name ?? action}
                            </Badge>
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </Scrolled>
                {apply.error !== null && <ErrorPanel error={apply.error} />}
                <Group justify="flex-end">
                  <Button variant="default" onClick={onClose}>
                    Cancel
                  </Button>
                  <Button
                    loading={apply.isPending}
                    disabled={changes.length === 0}
                    onClick={() => apply.mutate()}
                  >
                    Set them so
                  </Button>
                </Group>
              </>
            );
          }}
        </Answer>
      </Stack>
    </Modal>
  );
}
