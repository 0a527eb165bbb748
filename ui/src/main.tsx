import "./host/strict";
import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./theme/program.css";

import { createRoot } from "react-dom/client";
import { Program } from "./app/Program";
import { openDoor } from "./host/client";

async function chooseDoor() {
  if ("__TAURI_INTERNALS__" in window) return (await import("./host/tauri")).desktopHost;
  if (import.meta.env.DEV && import.meta.env.VITE_FAKE !== undefined) {
    return (await import("../dev/company")).companyHost(import.meta.env.VITE_FAKE);
  }
  return (await import("./host/http")).browserHost;
}

const place = document.getElementById("root");
if (place !== null) {
  openDoor(await chooseDoor());
  createRoot(place).render(<Program />);
}
