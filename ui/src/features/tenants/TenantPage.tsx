import { Alert, Button, Menu, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowLeft,
  IconDots,
  IconFolders,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from "@tabler/icons-react";
import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Refusal } from "../../host/problem";
import type { Tenant } from "../../host/wire";
import { useBell } from "../../shared/door-bell";
import { Empty } from "../../shared/Empty";
import { showDone, showRefusal } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { Answer } from "../../shared/Waiting";
import { ActivityTab } from "./ActivityTab";
import { DeleteDialog } from "./DeleteDialog";
import { FilesTab } from "./files/FilesTab";
import type { Offered } from "./files/UploadDialog";
import { leaving, reactivateTenant, resumeSetup, suspendTenant, tenant } from "./load";
import { nameState, TenantBadge } from "./names";
import { SettingsTab } from "./SettingsTab";
import type { TenantSearch } from "./search";
import { TransfersTab } from "./TransfersTab";
import { UsageTab } from "./UsageTab";
import { UsersTab } from "./users/UsersTab";

const route = getRouteApi("/tenants/$id");

const TABS = [
  { value: "files", label: "Files" },
  { value: "transfers", label: "Transfers" },
  { value: "users", label: "Users" },
  { value: "activity", label: "Activity" },
  { value: "usage", label: "Usage" },
  { value: "settings", label: "Settings" },
];

/** A page holds what is dropped on it; what is sent from here goes on when nobody looks. */
const ONLY_IN_THE_WINDOW = new Refusal({
  code: "upload.page",
  title: "Files are sent from the window",
  detail: "A page cannot send files: sending goes on when the page is closed.",
  hint: "Drop them on the window of Tallyport, or send them with tally upload.",
  status: 0,
});

/** Whether there is something to look at: not of one that is half set up or half gone. */
function isUp({ state }: Tenant): boolean {
  return state === "active" || state === "suspended";
}

/** How far setting up or removing is, or where it stopped, and the way on. */
function Unready({ kept }: { kept: Tenant }) {
  const go = useMutation({ mutationFn: () => resumeSetup(kept.id) });
  const failed = kept.steps.find(({ state }) => state === "failed");
  if (failed === undefined) {
    return (
      <Empty icon={<IconFolders size={24} stroke={1.6} />} title={nameState(kept.state)}>
        {kept.state === "deleted"
          ? "What it stored and moved stays in the books and on its invoices."
          : "The tasks below say how far that is."}
      </Empty>
    );
  }
  return (
    <Alert
      color="red"
      mb="md"
      role="alert"
      title={`${kept.state === "creating" ? "Setting it up" : "Removing it"} stopped at the ${failed.step}`}
    >
      {failed.error}
      <div>
        <Button variant="default" mt={10} loading={go.isPending} onClick={() => go.mutate()}>
          Go on from there
        </Button>
      </div>
    </Alert>
  );
}

/** Lets nobody in, or everybody again; both can be taken back. */
function useSuspending(kept: Tenant | undefined) {
  const cache = useQueryClient();
  const changed = () => cache.invalidateQueries({ queryKey: ["tenants"] });
  return useMutation({
    mutationFn: (suspended: boolean) =>
      suspended ? suspendTenant(kept?.id ?? 0) : reactivateTenant(kept?.id ?? 0),
    onSuccess: (now, suspended) => {
      void changed();
      const undo = suspended ? reactivateTenant : suspendTenant;
      showDone(
        suspended ? `Nobody of ${now.name} can sign in now` : `The users of ${now.name} can sign in again`,
        () => {
          undo(now.id).finally(changed);
        },
      );
    },
  });
}

function Deeds({ kept }: { kept: Tenant }) {
  const [deleting, removal] = useDisclosure(false);
  const suspend = useSuspending(kept);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More" loading={suspend.isPending}>
            <IconDots size={16} aria-hidden="true" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.state === "suspended" ? (
            <Menu.Item
              leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
              onClick={() => suspend.mutate(false)}
            >
              Let its users sign in again
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconPlayerPause size={15} aria-hidden="true" />}
              onClick={() => suspend.mutate(true)}
            >
              Suspend: nobody signs in
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={15} aria-hidden="true" />} onClick={removal.open}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting && <DeleteDialog tenant={kept} onClose={removal.close} />}
    </>
  );
}

type PartProps = {
  kept: Tenant;
  search: TenantSearch;
  /** What was dropped or picked, to be uploaded. */
  offered: Offered[];
  onOffer: (offered: Offered[]) => void;
};

function Part({ kept, search, offered, onOffer }: PartProps) {
  switch (search.show) {
    case "transfers":
      return <TransfersTab tenant={kept} />;
    case "users":
      return <UsersTab tenant={kept} />;
    case "activity":
      return <ActivityTab tenant={kept} />;
    case "usage":
      return <UsageTab tenant={kept} asked={search.month} />;
    case "settings":
      return <SettingsTab tenant={kept} />;
    default:
      return <FilesTab tenant={kept} search={search} offered={offered} onOffer={onOffer} />;
  }
}

/** One tenant: the files that lie there, who brings and fetches them, and what that comes to. */
export function TenantPage() {
  const id = Number(route.useParams().id);
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(tenant(id));
  const kept = query.data;
  const isLeaving = useIsMutating(leaving(id)) > 0;
  const [offered, setOffered] = useState<Offered[]>([]);
  useBell("upload", (bell) => {
    const paths = bell.picked.flatMap((one) => ("path" in one ? one : []));
    if (paths.length === 0) return showRefusal(ONLY_IN_THE_WINDOW);
    setOffered(paths);
    if (search.show !== undefined) {
      navigate({ to: "/tenants/$id", params: { id: String(id) }, search: { at: search.at }, replace: true });
    }
  });
  return (
    <Page
      title={kept?.name ?? "Tenant"}
      above={
        <Link to="/tenants" search={{}}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Tenants
        </Link>
      }
      note={
        kept !== undefined && (
          <>
            <TenantBadge tenant={kept} /> {kept.client !== null && <bdi>{kept.client}</bdi>}
          </>
        )
      }
      actions={kept !== undefined && <Deeds kept={kept} />}
      controls={
        (kept === undefined || isUp(kept)) && (
          <SegmentedControl
            aria-label="What is shown"
            data={TABS}
            value={search.show ?? "files"}
            onChange={(next) =>
              navigate({
                to: "/tenants/$id",
                params: { id: String(id) },
                search: { show: next === "files" ? undefined : (next as NonNullable<TenantSearch["show"]>) },
                replace: true,
              })
            }
          />
        )
      }
    >
      <Answer query={query}>
        {(answer) =>
          isUp(answer) ? (
            !isLeaving && <Part kept={answer} search={search} offered={offered} onOffer={setOffered} />
          ) : (
            <Unready kept={answer} />
          )
        }
      </Answer>
    </Page>
  );
}
