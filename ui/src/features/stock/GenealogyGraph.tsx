/** Where a lot came from and went to: lots as boxes, units on the lines between them. */
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Genealogy, Id } from "../../contract";
import { Part } from "../../kit/Detail";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { useWords } from "../../kit/words";
import { type Box, curve, type Line, layoutOf, NARROW, ROOMY, type Sizes, stem } from "./descent";

const LotBox = (props: { box: Box; sizes: Sizes; here: boolean }): ReactNode => {
  const { name } = useWords();
  const go = useGo();
  const { lot, x, y } = props.box;
  return (
    <button
      type="button"
      className={props.here ? "gene-box gene-here" : "gene-box"}
      style={{ left: x, top: y, width: props.sizes.width, height: props.box.height }}
      aria-current={props.here ? "true" : undefined}
      title={`${lot.skuCode} ${name(lot.skuName)} · ${lot.expiresOn ?? "–"}`}
      onClick={() => go(`/stock/lot/${lot.id}`)}
    >
      <strong>{lot.lotNo}</strong>
      <span className="quiet">
        {lot.skuCode} {name(lot.skuName)}
      </span>
    </button>
  );
};

const LineLabel = (props: { line: Line; sizes: Sizes }): ReactNode => {
  const { word } = useWords();
  const { steps, label } = props.line;
  const { sizes } = props;
  return (
    <span
      className={sizes === ROOMY ? "gene-label" : "gene-label gene-stacked"}
      style={{ left: label.x, top: label.y, width: sizes.label }}
    >
      {steps.map((step) => {
        const why = word("passing", step.kind);
        return (
          <span key={step.kind} className="gene-step" style={{ height: sizes.row }} title={why}>
            <span className="figure">{format.qty(step.qty)}</span>
            <span className="gene-why">{why}</span>
          </span>
        );
      })}
    </span>
  );
};

/** The one pair of lots that a line connects. */
const keyOf = ({ steps: [step] }: Line): string => `${step?.from} ${step?.to}`;

const Graph = (props: { genealogy: Genealogy; lot: Id }): ReactNode => {
  const { t } = useTranslation("stock");
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [layout, sizes] = useMemo(() => {
    const roomy = layoutOf(props.genealogy, ROOMY);
    return roomy.width <= room ? [roomy, ROOMY] : [layoutOf(props.genealogy, NARROW), NARROW];
  }, [props.genealogy, room]);
  const here = layout.boxes.find(({ lot }) => lot.id === props.lot);
  const centre = here ? here.x + sizes.width / 2 : 0;
  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const measure = (): void => setRoom(box.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const box = frame.current;
    if (box) box.scrollLeft = centre - box.clientWidth / 2;
  }, [centre]);
  return (
    <section ref={frame} className="gene-frame" aria-label={t("genealogy")}>
      <div className="gene" style={{ width: layout.width, height: layout.height }}>
        <svg width={layout.width} height={layout.height} aria-hidden="true">
          {layout.lines.map((line) => (
            <path key={keyOf(line)} d={`${stem(line, sizes)} ${curve(line)}`} />
          ))}
        </svg>
        {layout.lines.map((line) => (
          <LineLabel key={keyOf(line)} line={line} sizes={sizes} />
        ))}
        {layout.boxes.map((box) => (
          <LotBox key={box.lot.id} box={box} sizes={sizes} here={box.lot.id === props.lot} />
        ))}
      </div>
    </section>
  );
};

export const GenealogyPart = (props: { lot: Id }): ReactNode => {
  const { t } = useTranslation("stock");
  const found = useCall("lot.genealogy", { id: props.lot }).data;
  if (found === undefined || found.lots[0]?.id !== props.lot) return null;
  const { lots } = found;
  return (
    <Part title={t("genealogy")}>
      {lots.length > 1 ? (
        <>
          <div className="gene-ends quiet">
            <span>{lots.some(({ depth }) => depth < 0) ? t("madeOf") : ""}</span>
            <span>{lots.some(({ depth }) => depth > 0) ? t("wentInto") : ""}</span>
          </div>
          <Graph genealogy={found} lot={props.lot} />
        </>
      ) : (
        <p className="quiet">{t("noGenealogy")}</p>
      )}
    </Part>
  );
};
