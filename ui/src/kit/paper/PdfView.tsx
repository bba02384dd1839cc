/** The pages of a paper, one below the other, as they will come out of the printer. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../../contract";
import { asAppError } from "../../host";
import { ErrorView } from "../ErrorView";
import { Loading } from "../Screen";
import { openPages, type Pages } from "./pdf";

const Page = (props: { pages: Pages; at: number; width: number }): ReactNode => {
  const { t } = useTranslation("papers");
  const { pages, at, width } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [seen, setSeen] = useState(at <= 2);
  useEffect(() => {
    const box = canvas.current;
    if (seen || box === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { rootMargin: "400px" },
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, [seen]);
  useEffect(() => {
    const box = canvas.current;
    if (!seen || box === null) return;
    const draw = async (): Promise<void> => {
      await pages.draw(at, box, width);
      box.dataset.drawn = "true";
    };
    // A page that goes away while it is drawn needs no drawing.
    void draw().catch(() => undefined);
  }, [seen, pages, at, width]);
  return (
    <canvas
      ref={canvas}
      className="pdf-page"
      style={{ width, minHeight: width }}
      role="img"
      aria-label={t("pageOf", { page: at, count: pages.count })}
    />
  );
};

export const PdfView = (props: { path: string; width: number }): ReactNode => {
  const { path, width } = props;
  const [pages, setPages] = useState<Pages | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let gone = false;
    let open: Pages | null = null;
    setError(null);
    openPages(path).then(
      (next) => {
        open = next;
        if (gone) next.close();
        else setPages(next);
      },
      (reason: unknown) => !gone && setError(asAppError(reason)),
    );
    return () => {
      gone = true;
      setPages(null);
      open?.close();
    };
  }, [path]);
  if (error) return <ErrorView error={error} />;
  if (pages === null) return <Loading rows={10} />;
  return (
    <div className="pdf-pages">
      {Array.from({ length: pages.count }, (_, at) => at + 1).map((at) => (
        <Page key={at} pages={pages} at={at} width={width} />
      ))}
    </div>
  );
};
