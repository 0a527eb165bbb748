import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { PDFPageProxy } from "pdfjs-dist";
import { type RefObject, useEffect, useRef, useState } from "react";
import { ErrorPanel } from "../../../shared/ErrorPanel";
import { Answer, Waiting } from "../../../shared/Waiting";
import { paper } from "../load";
import styles from "./Paper.module.css";
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

/** The pages of a PDF that is already here. */
function Pages({ bytes }: { bytes: ArrayBuffer }) {
  const [sheets, setSheets] = useState<Sheets>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    let opened: Sheets | undefined;
    openPdf(bytes).then(
      (found) => {
        opened = found;
        if (gone) found.close();
        else setSheets(found);
      },
      (thrown: unknown) => !gone && setFault(thrown),
    );
    return () => {
      gone = true;
      opened?.close();
    };
  }, [bytes]);
  if (fault !== undefined) return <ErrorPanel error={fault} />;
  if (sheets === undefined) return <Waiting rows={12} />;
  return sheets.pages.map((page) => (
    <Sheet key={page.pageNumber} page={page} label={`Page ${page.pageNumber} of ${sheets.pages.length}`} />
  ));
}

/** The very document that will be sent or was sent, page by page. */
export function Paper({ id, label }: { id: number; label: string }) {
  const query = useQuery(paper(id));
  return (
    <article className={styles.paper} aria-label={label}>
      <Answer query={query} waiting={<Waiting rows={12} />}>
        {(bytes) => <Pages bytes={bytes} />}
      </Answer>
    </article>
  );
}
