import { useElementSize, useMergedRef } from "@mantine/hooks";
import type { PDFPageProxy } from "pdfjs-dist";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { ErrorPanel } from "../ErrorPanel";
import { Waiting } from "../Waiting";
import styles from "./Pages.module.css";
import { drawPage, openPdf, type Sheets, shapeOf } from "./pdf";

/** How far below the screen a page is drawn already. */
const AHEAD = "600px";

/** True from the moment the element comes near the screen. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const watcher = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && setNear(true),
      { rootMargin: AHEAD },
    );
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [element]);
  return near;
}

function Sheet({ page, label }: { page: PDFPageProxy; label: string }) {
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const sheet = useMergedRef(measured, holder);
  const near = useNear(holder);
  const { width: wide, height } = shapeOf(page);
  useEffect(() => {
    if (!near || width === 0 || canvas.current === null || words.current === null) return;
    return drawPage(page, canvas.current, words.current, width);
  }, [page, near, width]);
  return (
    <section
      ref={sheet}
      className={styles.sheet}
      style={{ aspectRatio: `${wide} / ${height}` }}
      aria-label={label}
    >
      <canvas ref={canvas} className={styles.canvas} />
      <div ref={words} className={styles.words} />
    </section>
  );
}

/** The pages of a PDF that is already here. `told` says what is to be said of one that cannot be opened. */
export function Pages({ bytes, told }: { bytes: ArrayBuffer; told?: (fault: unknown) => ReactNode }) {
  const [sheets, setSheets] = useState<Sheets>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    openPdf(bytes).then(
      (found) => {
        if (gone) return found.close();
        setSheets(found);
        setFault(undefined);
      },
      (thrown: unknown) => !gone && setFault(thrown),
    );
    return () => {
      gone = true;
    };
  }, [bytes]);
  // Open as long as it is to be seen: the pages of before are shown, and drawn, until the new ones are there.
  useEffect(() => sheets?.close, [sheets]);
  if (fault !== undefined) return told?.(fault) ?? <ErrorPanel error={fault} />;
  if (sheets === undefined) return <Waiting rows={12} />;
  return (
    <div className={styles.pages}>
      {sheets.pages.map((page) => (
        <Sheet
          key={page.pageNumber}
          page={page}
          label={`Page ${page.pageNumber} of ${sheets.pages.length}`}
        />
      ))}
    </div>
  );
}
