import { ActionIcon, Menu } from "@mantine/core";
import {
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
import { nameOf } from "./load";

/** A row is a folder or a file. */
export type Entry = { folder: string } | { file: TenantFile };
export type Deed = "rename" | "versions" | "share";

const pathOf = (entry: Entry) => ("folder" in entry ? entry.folder : entry.file.path);

/** What an entry is called where it lies. */
export const called = (entry: Entry) => nameOf(pathOf(entry));

type FileMenuProps = {
  file: TenantFile;
  onDo: (deed: Deed) => void;
  onSave: () => void;
  onDelete: () => void;
};

function FileMenu({ file, onDo, onSave, onDelete }: FileMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`What to do with ${nameOf(file.path)}`}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDownload size={15} aria-hidden="true" />} onClick={onSave}>
          Save…
        </Menu.Item>
        <Menu.Item leftSection={<IconEdit size={15} aria-hidden="true" />} onClick={() => onDo("rename")}>
          Rename or move…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory size={15} aria-hidden="true" />}
          onClick={() => onDo("versions")}
        >
          Versions…
        </Menu.Item>
        <Menu.Item leftSection={<IconShare size={15} aria-hidden="true" />} onClick={() => onDo("share")}>
          Share by a link…
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={15} aria-hidden="true" />} onClick={onDelete}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type Deeds = {
  onDo: (deed: Deed, file: TenantFile) => void;
  onSave: (file: TenantFile) => void;
  onDelete: (file: TenantFile) => void;
};

/** Folders first as they come; sorting puts them beside the files. */
export function columnsOf({ onDo, onSave, onDelete }: Deeds): Column<Entry>[] {
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
      cell: (entry) =>
        "file" in entry && (
          <FileMenu
            file={entry.file}
            onDo={(next) => onDo(next, entry.file)}
            onSave={() => onSave(entry.file)}
            onDelete={() => onDelete(entry.file)}
          />
        ),
    },
  ];
}
