import { ActionIcon, Anchor, Breadcrumbs, Button, Group, TextInput } from "@mantine/core";
import { IconFolder, IconFolderPlus, IconRefresh, IconSearch, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { host } from "../../../host/client";
import type { Tenant, TenantFile } from "../../../host/wire";
import { DataTable } from "../../../shared/DataTable";
import { Empty } from "../../../shared/Empty";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Answer } from "../../../shared/Waiting";
import type { TenantSearch } from "../search";
import { called, columnsOf, type Deed, type Entry } from "./columns";
import { deleteFile, files, makeFolder, nameOf, renameFile, restoreFile, saveFile, trailOf } from "./load";
import { NameDialog } from "./NameDialog";
import { ShareDialog } from "./ShareDialog";
import { type Offered, UploadDialog } from "./UploadDialog";
import { VersionsDrawer } from "./VersionsDrawer";

/** Takes a file away; where the bucket keeps versions it can be had back. */
function useRemoving(tenant: Tenant) {
  const cache = useQueryClient();
  const changed = () => cache.invalidateQueries({ queryKey: ["tenants", tenant.id] });
  return useMutation({
    mutationFn: (file: TenantFile) => deleteFile(tenant.id, file.path),
    onSuccess: (_, file) => {
      void changed();
      showDone(`${nameOf(file.path)} was deleted`, () => {
        restoreFile(tenant.id, file.path).finally(changed);
      });
    },
  });
}

/** Files from this machine; only the window can send them where they lie. */
function UploadButton({ onOffer }: { onOffer: (offered: Offered[]) => void }) {
  const { carry } = host();
  if (carry === undefined) return null;
  return (
    <Button
      leftSection={<IconUpload size={16} aria-hidden="true" />}
      onClick={() => carry.pick().then(onOffer)}
    >
      Upload files…
    </Button>
  );
}

type FilesTabProps = {
  tenant: Tenant;
  search: TenantSearch;
  /** What was dropped or picked, to be uploaded. */
  offered: Offered[];
  onOffer: (offered: Offered[]) => void;
};

/** The tenant's folder as its users see it. */
export function FilesTab({ tenant, search, offered, onOffer }: FilesTabProps) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const prefix = search.at ?? "";
  const query = useInfiniteQuery(files(tenant.id, prefix, search.search));
  const [deed, setDeed] = useState<{ deed: Deed; file: TenantFile }>();
  const [naming, setNaming] = useState(false);
  const remove = useRemoving(tenant);
  const save = useMutation({
    mutationFn: (file: TenantFile) => saveFile(tenant.id, file),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  const go = (part: Partial<TenantSearch>, replace = false) =>
    navigate({
      to: "/tenants/$id",
      params: { id: String(tenant.id) },
      search: { ...search, ...part },
      replace,
    });
  const changed = () => cache.invalidateQueries({ queryKey: ["tenants", tenant.id] });
  const pages = query.data?.pages;
  const entries = useMemo<Entry[]>(
    () => [
      ...(pages ?? []).flatMap((page) => page.folders.map((folder) => ({ folder }))),
      ...(pages ?? []).flatMap((page) => page.files.map((file) => ({ file }))),
    ],
    [pages],
  );
  const columns = columnsOf({
    onDo: (next, file) => setDeed({ deed: next, file }),
    onSave: (file) => save.mutate(file),
    onDelete: (file) => remove.mutate(file),
  });
  const uploadButton = <UploadButton onOffer={onOffer} />;
  const closeDeed = () => setDeed(undefined);
  return (
    <>
      <Group gap={8} mb="md" justify="space-between">
        <Breadcrumbs aria-label="Folder">
          <Anchor component="button" type="button" onClick={() => go({ at: undefined, search: undefined })}>
            {tenant.name}
          </Anchor>
          {trailOf(prefix).map(({ name, path }) => (
            <Anchor
              component="button"
              type="button"
              key={path}
              onClick={() => go({ at: path, search: undefined })}
            >
              {name}
            </Anchor>
          ))}
        </Breadcrumbs>
        <Group gap={8}>
          <TextInput
            aria-label="Find a file"
            placeholder="Name"
            w={170}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={search.search ?? ""}
            onChange={(event) => go({ search: event.currentTarget.value || undefined }, true)}
          />
          <Button
            variant="default"
            leftSection={<IconFolderPlus size={16} aria-hidden="true" />}
            onClick={() => setNaming(true)}
          >
            New folder…
          </Button>
          <ActionIcon aria-label="Look again" loading={query.isRefetching} onClick={() => query.refetch()}>
            <IconRefresh size={16} aria-hidden="true" />
          </ActionIcon>
          {uploadButton}
        </Group>
      </Group>
      <Answer query={{ ...query, data: pages }}>
        {() => (
          <DataTable
            label="Files"
            columns={columns}
            rows={entries}
            rowId={(entry) => ("folder" in entry ? entry.folder : entry.file.path)}
            onOpen={(entry) =>
              "folder" in entry
                ? go({ at: entry.folder, search: undefined })
                : setDeed({ deed: "versions", file: entry.file })
            }
            empty={
              <Empty
                icon={<IconFolder size={24} stroke={1.6} />}
                title="Nothing lies here"
                action={uploadButton}
              >
                {search.search === undefined
                  ? "Drop files on the window, send them with tally upload, or wait for somebody to bring theirs by SFTP."
                  : "Nothing in this folder is called so."}
              </Empty>
            }
          />
        )}
      </Answer>
      {query.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show more than {formatCount(entries.length)}
        </Button>
      )}
      {naming && (
        <NameDialog
          title="New folder"
          label="Name"
          deed="Create"
          onName={async (name) => {
            await makeFolder(tenant.id, `${prefix}${name}/`);
            await changed();
            go({ at: `${prefix}${name}/`, search: undefined });
          }}
          onClose={() => setNaming(false)}
        />
      )}
      {deed?.deed === "rename" && (
        <NameDialog
          title={`Rename ${nameOf(deed.file.path)}`}
          label="Name with its folders"
          deed="Rename"
          name={deed.file.path}
          onName={async (path) => {
            await renameFile(tenant.id, deed.file.path, path);
            await changed();
            showDone(`${nameOf(deed.file.path)} is ${path} now`, () => {
              renameFile(tenant.id, path, deed.file.path).finally(changed);
            });
          }}
          onClose={closeDeed}
        />
      )}
      {deed?.deed === "versions" && <VersionsDrawer tenant={tenant} file={deed.file} onClose={closeDeed} />}
      {deed?.deed === "share" && <ShareDialog tenant={tenant} file={deed.file} onClose={closeDeed} />}
      {offered.length > 0 && (
        <UploadDialog
          tenant={tenant}
          prefix={prefix}
          offered={offered}
          taken={entries.map(called)}
          onClose={() => onOffer([])}
        />
      )}
    </>
  );
}
