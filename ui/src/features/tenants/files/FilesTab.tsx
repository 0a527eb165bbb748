import { ActionIcon, Anchor, Box, Breadcrumbs, Button, Group, TextInput } from "@mantine/core";
import { IconFolder, IconFolderPlus, IconRefresh, IconSearch, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { host } from "../../../host/client";
import type { Tenant } from "../../../host/wire";
import { DataTable } from "../../../shared/DataTable";
import { Empty } from "../../../shared/Empty";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { formatCount } from "../../../shared/money";
import { showDone } from "../../../shared/notices";
import { Answer } from "../../../shared/Waiting";
import type { TenantSearch } from "../search";
import styles from "../Tenants.module.css";
import { columnsOf, type Deed, type Entry, pathOf } from "./columns";
import { Leftovers } from "./Leftovers";
import {
  copyFile,
  deleteFile,
  files,
  makeFolder,
  nameOf,
  renameFile,
  restoreFile,
  save,
  trailOf,
} from "./load";
import { NameDialog } from "./NameDialog";
import { ShareDialog } from "./ShareDialog";
import { type Offered, UploadDialog } from "./UploadDialog";
import { VersionsDrawer } from "./VersionsDrawer";

/** Takes a file or a folder away; where the bucket keeps versions it can be had back. */
function useRemoving(tenant: Tenant) {
  const cache = useQueryClient();
  const changed = () => cache.invalidateQueries({ queryKey: ["tenants", tenant.id] });
  return useMutation({
    mutationFn: (path: string) => deleteFile(tenant.id, path),
    onSuccess: (_, path) => {
      void changed();
      showDone(`${nameOf(path)} was deleted`, () => {
        restoreFile(tenant.id, path).finally(changed);
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
  const [asked, setAsked] = useState<{ deed: Deed; entry: Entry }>();
  const [naming, setNaming] = useState(false);
  const remove = useRemoving(tenant);
  const saving = useMutation({
    mutationFn: (path: string) => save(tenant.id, path),
    onSuccess: (done) => {
      void cache.invalidateQueries({ queryKey: ["transfers"] });
      if (done !== null) showDone(done);
    },
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
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  // What was refused is not asked again by itself; and who looks for a name says how far, since each page is paid for.
  const goesOn = hasNextPage && !isFetchNextPageError && search.search === undefined;
  const more = useCallback(() => {
    fetchNextPage();
  }, [fetchNextPage]);
  const columns = columnsOf((deed, entry) => {
    if (deed === "save") saving.mutate(pathOf(entry));
    else if (deed === "delete") remove.mutate(pathOf(entry));
    else setAsked({ deed, entry });
  });
  const uploadButton = <UploadButton onOffer={onOffer} />;
  const lookFurther = hasNextPage && search.search !== undefined && !isFetchNextPageError && (
    <Button variant="default" loading={query.isFetchingNextPage} onClick={more}>
      Look further
    </Button>
  );
  const close = () => setAsked(undefined);
  const path = asked === undefined ? "" : pathOf(asked.entry);
  const file = asked !== undefined && "file" in asked.entry ? asked.entry.file : undefined;
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
      {prefix === "" && <Leftovers tenant={tenant} />}
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
                : setAsked({ deed: "versions", entry })
            }
            // One page at a time: whoever is not at the end any more needs no further one.
            onEnd={goesOn && !isFetching ? more : undefined}
            empty={
              <Empty
                icon={<IconFolder size={24} stroke={1.6} />}
                title={search.search === undefined ? "Nothing lies here" : "Nothing found"}
                action={search.search === undefined ? uploadButton : lookFurther}
              >
                {search.search === undefined
                  ? "Drop files on the window, send them with tally upload, or wait for somebody to bring theirs by SFTP."
                  : hasNextPage
                    ? "Nothing so far is called so, and there is more to look through."
                    : "Nothing in this folder is called so."}
              </Empty>
            }
          />
        )}
      </Answer>
      {isFetchNextPageError && (
        <Box mt="md">
          <ErrorPanel error={query.error} retry={more} />
        </Box>
      )}
      {goesOn && (
        <p className={styles.more} role="status">
          {formatCount(entries.length)} so far, in the order of their names; more come as you go down.
        </p>
      )}
      {entries.length > 0 && lookFurther && <Box mt="sm">{lookFurther}</Box>}
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
      {asked?.deed === "rename" && (
        <NameDialog
          title={`Rename ${nameOf(path)}`}
          label="Name with its folders"
          deed="Rename"
          name={path}
          onName={async (next) => {
            await renameFile(tenant.id, path, next);
            await changed();
            showDone(`${nameOf(path)} is ${next} now`, () => {
              renameFile(tenant.id, next, path).finally(changed);
            });
          }}
          onClose={close}
        />
      )}
      {asked?.deed === "copy" && (
        <NameDialog
          title={`Copy ${nameOf(path)}`}
          label="Name of the copy with its folders"
          deed="Copy"
          name={path}
          onName={async (next) => {
            await copyFile(tenant.id, path, next);
            await changed();
            showDone(`${next} is a copy of ${nameOf(path)}`, () => {
              deleteFile(tenant.id, next).finally(changed);
            });
          }}
          onClose={close}
        />
      )}
      {asked?.deed === "versions" && file !== undefined && (
        <VersionsDrawer tenant={tenant} file={file} onClose={close} />
      )}
      {asked?.deed === "share" && file !== undefined && (
        <ShareDialog tenant={tenant} file={file} onClose={close} />
      )}
      {offered.length > 0 && (
        <UploadDialog tenant={tenant} prefix={prefix} offered={offered} onClose={() => onOffer([])} />
      )}
    </>
  );
}
