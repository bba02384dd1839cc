/**
 * Draws the pages of a PDF. The reader is loaded when the first paper is shown; its worker is a
 * file of our own, and it builds no code from text, as the content policy demands.
 */
import { readPaper } from "../../host";

type Reader = typeof import("pdfjs-dist/legacy/build/pdf.mjs");

let reader: Promise<Reader> | null = null;

const load = (): Promise<Reader> => {
  reader ??= import("pdfjs-dist/legacy/build/pdf.mjs").then((pdf) => {
    pdf.GlobalWorkerOptions.workerPort = new Worker(
      new URL("pdfjs-dist/legacy/build/pdf.worker.mjs", import.meta.url),
      { type: "module" },
    );
    return pdf;
  });
  return reader;
};

/** An open PDF; it is to be closed. */
export type Pages = {
  count: number;
  /** Draws page `at` (from 1) into the canvas, `width` CSS pixels wide. */
  draw: (at: number, canvas: HTMLCanvasElement, width: number) => Promise<void>;
  close: () => void;
};

/** Opens the PDF at `path`, which a command of this run has written. */
export const openPages = async (path: string): Promise<Pages> => {
  const [pdf, data] = await Promise.all([load(), readPaper(path)]);
  const task = pdf.getDocument({ data, enableXfa: false, useSystemFonts: false, useWasm: false });
  const document = await task.promise;
  const draw = async (at: number, canvas: HTMLCanvasElement, width: number): Promise<void> => {
    const page = await document.getPage(at);
    const ratio = globalThis.devicePixelRatio || 1;
    const viewport = page.getViewport({
      scale: (width / page.getViewport({ scale: 1 }).width) * ratio,
    });
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.style.minHeight = "0";
    canvas.style.width = `${width}px`;
    canvas.style.height = `${Math.floor(viewport.height / ratio)}px`;
    await page.render({ canvas, viewport }).promise;
  };
  return { count: document.numPages, draw, close: () => void task.destroy() };
};
