import type { DownloadDraft, Job, Transfer, UploadDraft, UploadPreflight } from "./wire";

/** Something a person chose to import: a path in the desktop window, a file in a browser. */
export type Picked = { name: string; path: string } | { name: string; file: File };

/** How a file is to be taken. */
export type ImportAsk = {
  /** The client whose bill it is; the workspace's first client when absent. */
  client?: string | undefined;
  /** Keep what is loaded for the same periods beside it, for a bill that comes in parts. */
  add: boolean;
  /** Import the good rows of a file that has bad ones. */
  skipBadRows: boolean;
};

export type DropListener = {
  over: (over: boolean) => void;
  /** What was dropped, and the names of folders that this door cannot take. */
  drop: (picked: Picked[], refused: string[]) => void;
};

/** What stands before the door of a workspace: only the window can create or unlock one. */
export type GateState = {
  state: "open" | "needs_passphrase" | "first_run" | "broken";
  message: string;
  hint?: string | null | undefined;
  workspace?: string | null | undefined;
};

export type NewWorkspace = { name: string; sandbox: boolean; passphrase?: string | undefined };
export type Created = { recovery_key: string | null };

export type Gate = {
  state: () => Promise<GateState>;
  unlock: (passphrase: string) => Promise<GateState>;
  create: (ask: NewWorkspace) => Promise<Created>;
  openFile: () => Promise<GateState | null>;
};

/** What the desktop does when nobody looks. */
export type Habits = {
  /** Closing the window keeps syncing and alerting. */
  keep_running: boolean;
  /** Null where this system offers no such thing. */
  start_at_login: boolean | null;
};

/**
 * The one door from the interface to the program. There are three: the desktop window, a browser on
 * `tally serve`, and a fake one for unit tests.
 */
export type Host = {
  kind: "desktop" | "browser" | "fake";
  /** Carries one request of the generated client. */
  send: (request: Request) => Promise<Response>;
  /** Reports every change of every job, until the returned function is called. */
  watchJobs: (onJob: (job: Job) => void) => () => void;
  /** Asks the person for files; an empty list when they think better of it. */
  pickFiles: () => Promise<Picked[]>;
  /** Asks for a folder of bills; absent where only single files can be handed over. */
  pickFolder?: () => Promise<Picked[]>;
  importFiles: (picked: Picked[], ask: ImportAsk) => Promise<Job[]>;
  onDrop: (listener: DropListener) => () => void;
  /** Saves a file where the person says; where it went, or null when they think better of it. */
  save: (name: string, content: Blob) => Promise<string | null>;
  /** Saves what the program answers to `path`, without this page holding it; absent where a page must. */
  saveFrom?: (path: string, name: string) => Promise<string | null>;
  /** Carries files that lie on this machine, even when the window is closed; absent where a page sends what it holds. */
  carry?: {
    pick: () => Promise<{ name: string; path: string }[]>;
    /** What sending them would meet; nothing is sent. */
    lookAhead: (tenant: number, paths: string[], ask: UploadDraft) => Promise<UploadPreflight>;
    upload: (tenant: number, paths: string[], ask: UploadDraft) => Promise<Transfer>;
    /** Asks into which folder; null when the person thinks better of it. */
    download: (tenant: number, ask: DownloadDraft) => Promise<Transfer | null>;
  };
  /** Absent where there is no desktop to have habits. */
  habits?: { read: () => Promise<Habits>; keep: (habits: Habits) => Promise<Habits> };
  /** Reports each place that something outside this page leads to, such as a popup that was clicked. */
  watchPlaces?: (onPlace: (place: string) => void) => () => void;
  /** Absent where a workspace is always open. */
  gate?: Gate;
  /** Told once the first page is on the screen. */
  painted: () => void;
};
