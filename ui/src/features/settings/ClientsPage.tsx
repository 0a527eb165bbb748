import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBuildingBank, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Empty } from "../../shared/Empty";
import { ExportTable } from "../../shared/ExportTable";
import { Page } from "../../shared/Page";
import { clients } from "../../shared/queries";
import { Answer } from "../../shared/Waiting";
import { ClientCard } from "./ClientCard";
import { ClientDialog } from "./ClientDialog";

/** Whose clouds we look after, and where their bills come from. */
export function ClientsPage() {
  const query = useQuery(clients);
  const [adding, add] = useDisclosure(false);
  const addButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add.open}>
      Add a client
    </Button>
  );
  return (
    <Page
      title="Clients"
      note="Customers or business units, and where their bills come from"
      actions={
        <>
          <ExportTable label="Clients" file={{ table: "clients" }} />
          {addButton}
        </>
      }
    >
      <Answer query={query}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconBuildingBank size={24} stroke={1.6} />}
              title="No clients yet"
              action={addButton}
            >
              A client is a customer or business unit with a bill of its own. Its bills come from files or
              from AWS Cost Explorer.
            </Empty>
          ) : (
            all.map((client) => <ClientCard key={client.id} client={client} />)
          )
        }
      </Answer>
      <ClientDialog opened={adding} onClose={add.close} />
    </Page>
  );
}
