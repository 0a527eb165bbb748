import { ActionIcon, Drawer, Tooltip, useMantineColorScheme } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { IconDeviceDesktop, IconMenu2, IconMoon, IconSearch, IconSun } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { AnomalyDrawer } from "../features/anomalies/AnomalyDrawer";
import { ImportDialog } from "../features/import/ImportDialog";
import { SyncDialog } from "../features/import/SyncDialog";
import { ReleaseDialog } from "../features/quarantine/ReleaseDialog";
import { WhyDrawer } from "../features/why/WhyDrawer";
import { host } from "../host/client";
import { openAlerts } from "../shared/alerts";
import { inside } from "../shared/inside";
import { formatCount } from "../shared/money";
import { usePermissions } from "../shared/permissions";
import { session } from "../shared/queries";
import { DropTarget } from "./DropTarget";
import { FindAnything } from "./FindAnything";
import { JobDialog } from "./JobDialog";
import mark from "./mark.svg";
import { isOpen, PLACES, SETTINGS } from "./places";
import styles from "./Shell.module.css";
import { Tray } from "./Tray";

const SCHEMES = {
  light: { next: "dark", icon: IconSun, label: "Light colours" },
  dark: { next: "auto", icon: IconMoon, label: "Dark colours" },
  auto: { next: "light", icon: IconDeviceDesktop, label: "Colours as the system has them" },
} as const;

function Scheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { next, icon: Icon, label } = SCHEMES[colorScheme];
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={`${label}: change`} onClick={() => setColorScheme(next)}>
        <Icon size={17} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** Places that have pages of their own beneath another address. */
const PART_OF: Record<string, string> = {
  teams: "/people",
  rules: "/resources",
  sharing: "/resources",
  charges: "/costs",
  "price-books": "/invoices",
  reconciliation: "/data",
  quarantine: "/data",
};

function usePlace(): string {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = path.split("/")[1] ?? "";
  if (path === "/settings/clients") return path;
  return first === "settings" ? "/settings/workspace" : (PART_OF[first] ?? `/${first}`);
}

/** How many alerts wait. */
function Waiting() {
  const open = useQuery(openAlerts).data?.open ?? 0;
  if (open === 0) return null;
  return (
    <span className={styles.count} title={`${formatCount(open)} open`}>
      {open > 99 ? "99+" : open}
      <span className={styles.spoken}> open</span>
    </span>
  );
}

/** Follows what leads here from outside: a popup that was clicked. */
function useOutsidePlaces(): void {
  useEffect(
    () =>
      host().watchPlaces?.((place) => {
        const address = inside(place);
        if (address !== undefined) window.location.hash = address;
      }),
    [],
  );
}

function PlaceLink({ to, label, icon: Icon, here, onGo }: PlaceLinkProps) {
  return (
    <Link
      to={to}
      className={`${styles.link} ${here ? styles.active : ""}`}
      aria-current={here ? "page" : undefined}
      onClick={() => onGo?.()}
    >
      <Icon size={17} stroke={1.7} aria-hidden="true" />
      {label}
      {to === "/alerts" && <Waiting />}
    </Link>
  );
}

type Place = (typeof PLACES)[number] | (typeof SETTINGS)[number];
type PlaceLinkProps = Place & { here: boolean; onGo?: (() => void) | undefined };

function Navigation({ onGo }: { onGo?: () => void }) {
  const who = useQuery(session);
  const may = usePermissions();
  const place = usePlace();
  return (
    <nav className={styles.nav} aria-label="Places">
      <div className={styles.brand}>
        <img src={mark} alt="" width={26} height={26} />
        <div className={styles.workspace}>
          <span className={styles.product}>Tallyport</span>
          <span className={`${styles.name} elide`} title={who.data?.workspace.name}>
            {who.data?.workspace.name ?? " "}
          </span>
        </div>
      </div>
      <button
        type="button"
        className={styles.find}
        onClick={() => {
          onGo?.();
          spotlight.open();
        }}
      >
        <IconSearch size={15} aria-hidden="true" />
        <span>Find anything</span>
        <kbd>{/Mac/.test(navigator.platform) ? "⌘ K" : "Ctrl K"}</kbd>
      </button>
      <div className={styles.links}>
        {PLACES.filter((one) => isOpen(one, may)).map((one) => (
          <PlaceLink key={one.to} {...one} here={place === one.to} onGo={onGo} />
        ))}
      </div>
      <div className={styles.links}>
        {SETTINGS.map((one) => (
          <PlaceLink key={one.to} {...one} here={place === one.to} onGo={onGo} />
        ))}
      </div>
      <div className={styles.foot}>
        <div className={styles.who}>
          <span className="elide">{who.data?.user}</span>
          <span className={styles.role}>{who.data?.role}</span>
        </div>
        <Scheme />
      </div>
    </nav>
  );
}

/** The frame round every place: where one can go, what is running, and that this is a demo if it is. */
export function Shell() {
  const who = useQuery(session);
  const narrow = useMediaQuery("(max-width: 860px)", false, { getInitialValueInEffect: false });
  const [open, menu] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useOutsidePlaces();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place starts at its top
  useEffect(() => {
    for (const scroller of document.querySelectorAll("main [data-scroller]")) scroller.scrollTo?.(0, 0);
  }, [path]);
  return (
    <div className={styles.shell}>
      <button type="button" className="skip-link" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the page
      </button>
      {who.data?.workspace.demo && (
        <div className={styles.demo} role="note">
          <strong>{who.data.workspace.mark ?? "Demo data"}</strong>
          <span className={styles.demoText}>
            Everything here comes from a made-up company. Nothing is billed.
          </span>
        </div>
      )}
      <div className={styles.columns}>
        {narrow ? (
          <Drawer
            opened={open}
            onClose={menu.close}
            position="left"
            size={264}
            withCloseButton={false}
            padding={0}
          >
            <Navigation onGo={menu.close} />
          </Drawer>
        ) : (
          <aside className={styles.side}>
            <Navigation />
          </aside>
        )}
        <div className={styles.content}>
          {narrow && (
            <div className={styles.bar}>
              <ActionIcon aria-label="Places" onClick={menu.open}>
                <IconMenu2 size={19} aria-hidden="true" />
              </ActionIcon>
              <img src={mark} alt="" width={22} height={22} />
              <span className={styles.product}>Tallyport</span>
              <ActionIcon aria-label="Find anything" ml="auto" onClick={spotlight.open}>
                <IconSearch size={18} aria-hidden="true" />
              </ActionIcon>
            </div>
          )}
          <main id="main" className={styles.main} tabIndex={-1}>
            {/* The days that places begin with are told by the session's clock. */}
            {!who.isPending && <Outlet />}
          </main>
          <Tray />
        </div>
      </div>
      <FindAnything />
      <DropTarget />
      <ImportDialog />
      <JobDialog />
      <SyncDialog />
      <WhyDrawer />
      <AnomalyDrawer />
      <ReleaseDialog />
    </div>
  );
}
