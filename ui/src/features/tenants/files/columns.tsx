import { ActionIcon, Menu } from "@mantine/core";
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconEdit,
  IconFile,
  IconFolder,
  IconHistory,
  IconShare,
  IconTrash,
} from "@tabler/icons-react";
import type { TenantFile } from "../../../host/wire";
import type { Column } from "../../../shared/DataTable";
import { nameMoment } from "../../../shared/days";
import { nameSize } from "../../../shared/sizes";
import styles from "../Tenants.module.css";
import { nameOf, savesFolders } from "./load";

/** A row is a folder or a file. */
export type Entry = { folder: string } | { file: TenantFile };
export type Deed = "save" | "rename" | "copy" | "versions" | "share" | "delete";

/** Where an entry lies: a folder's path ends with "/". */
export const pathOf = (entry: Entry) => ("folder" in entry ? entry.folder : entry.file.path);

/** What an entry is called where it lies. */
const called = (entry: Entry) => nameOf(pathOf(entry));

const DEEDS: { deed: Deed; label: string; icon: typeof IconFile; ofFolders: boolean }[] = [
  { deed: "save", label: "Save…", icon: IconDownload, ofFolders: true },
  { deed: "rename", label: "Rename or move…", icon: IconEdit, ofFolders: true },
  { deed: "copy", label: "Copy…", icon: IconCopy, ofFolders: false },
  { deed: "versions", label: "Versions…", icon: IconHistory, ofFolders: false },
  { deed: "share", label: "Share by a link…", icon: IconShare, ofFolders: false },
  { deed: "delete", label: "Delete", icon: IconTrash, ofFolders: true },
];

/** What can be done with an entry. */
const deedsOf = (entry: Entry) =>
  "file" in entry
    ? DEEDS
    : DEEDS.filter(({ deed, ofFolders }) => ofFolders && (deed !== "save" || savesFolders()));

type OnDo = (deed: Deed, entry: Entry) => void;

function EntryMenu({ entry, onDo }: { entry: Entry; onDo: OnDo }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`What to do with ${called(entry)}`}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {deedsOf(entry).map(({ deed, label, icon: Icon }) => (
          <Menu.Item
            key={deed}
            leftSection={<Icon size={15} aria-hidden="true" />}
            onClick={() => onDo(deed, entry)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Folders first as they come; sorting puts them beside the files. */
export function columnsOf(onDo: OnDo): Column<Entry>[] {
  return [
    {
      id: "name",
      head: "Name",
      sort: (left, right) => called(left).localeCompare(called(right)),
      cell: (entry) => (
        <span className={styles.file}>
          {"folder" in entry ? (
            <IconFolder size={17} stroke={1.7} role="img" aria-label="Folder" />
          ) : (
            <IconFile size={17} stroke={1.7} aria-hidden="true" />
          )}
          <bdi className="elide" title={called(entry)}>
            {called(entry)}
          </bdi>
        </span>
      ),
    },
    {
      id: "size",
      head: "Size",
      figures: true,
      sort: (left, right) =>
        ("file" in left ? left.file.bytes : -1) - ("file" in right ? right.file.bytes : -1),
      cell: (entry) => ("file" in entry ? nameSize(entry.file.bytes) : ""),
    },
    {
      id: "modified",
      head: "Changed",
      minor: true,
      sort: (left, right) =>
        ("file" in left ? left.file.modified : "").localeCompare("file" in right ? right.file.modified : ""),
      cell: (entry) => ("file" in entry ? nameMoment(entry.file.modified) : ""),
    },
    {
      id: "more",
      head: <span className={styles.spoken}>What to do</span>,
      width: 72,
      cell: (entry) => <EntryMenu entry={entry} onDo={onDo} />,
    },
  ];
}
