import type { PDFDocumentProxy, PDFPageProxy, RenderTask, TextLayer } from "pdfjs-dist";

/** Fetched once somebody looks at a paper: the window's web view shows no PDF by itself. */
async function reader() {
  const [pdf, { default: worker }] = await Promise.all([
    import("pdfjs-dist/legacy/build/pdf.mjs"),
    import("pdfjs-dist/legacy/build/pdf.worker.min.mjs?url"),
  ]);
  pdf.GlobalWorkerOptions.workerSrc = worker;
  return pdf;
}

export type Sheets = { pages: PDFPageProxy[]; close: () => void };

/** The pages of a PDF, to be drawn; `close` gives its memory back. */
export async function openPdf(bytes: ArrayBuffer): Promise<Sheets> {
  const { getDocument } = await reader();
  // The reader takes the bytes it is given; whoever gave them keeps theirs.
  const opened: PDFDocumentProxy = await getDocument({
    data: new Uint8Array(bytes.slice(0)),
    // The content security policy forbids both.
    isEvalSupported: false,
    useWasm: false,
  }).promise;
  const pages = await Promise.all(Array.from({ length: opened.numPages }, (_, at) => opened.getPage(at + 1)));
  return { pages, close: () => void opened.loadingTask.destroy() };
}

/** Height by width of a page. */
export function shapeOf(page: PDFPageProxy): { width: number; height: number } {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width, height };
}

const isCancelled = (fault: unknown) =>
  fault instanceof Error && ["RenderingCancelledException", "AbortException"].includes(fault.name);

/** Draws a page and lays its words over it; the returned function stops drawing. */
export function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  words: HTMLElement,
  width: number,
): () => void {
  const scale = width / shapeOf(page).width;
  const viewport = page.getViewport({ scale });
  const density = Math.min(window.devicePixelRatio || 1, 3);
  canvas.width = Math.round(viewport.width * density);
  canvas.height = Math.round(viewport.height * density);
  const drawing: RenderTask = page.render({
    canvas,
    viewport,
    transform: density === 1 ? undefined : [density, 0, 0, density, 0, 0],
  });
  let stopped = false;
  // Whoever leaves while a page is drawn or its words are fetched has no fault to be told of, and a document
  // that is closed ends its drawings by itself.
  const unlessStopped = (fault: unknown) => {
    if (!stopped && !isCancelled(fault)) throw fault;
  };
  drawing.promise.catch(unlessStopped);
  words.replaceChildren();
  words.style.setProperty("--total-scale-factor", String(scale));
  let layer: TextLayer | undefined;
  void reader()
    .then(async ({ TextLayer }) => {
      if (stopped) return;
      // As a stream: having all of it at once needs an iterator that the window's web view has not.
      const source = page.streamTextContent();
      layer = new TextLayer({ textContentSource: source, container: words, viewport });
      await layer.render();
    })
    .catch(unlessStopped);
  return () => {
    stopped = true;
    drawing.cancel();
    layer?.cancel();
  };
}
