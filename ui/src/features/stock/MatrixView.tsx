/** Goods by places: how much lies where and for how many days it will do. */
import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MatrixCell, StockMatrix } from "../../contract";
import * as format from "../../kit/format";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import type { Column } from "../../kit/grid/columns";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords, type Words } from "../../kit/words";
import "./stock.css";

type MatrixRow = StockMatrix["rows"][number];

/** The band of a cover: one scale for every picture of cover. */
export const coverBand = (days: number | null): "unknown" | "short" | "low" | "fine" | "long" => {
  if (days === null) return "unknown";
  if (days < 7) return "short";
  if (days < 21) return "low";
  return days > 180 ? "long" : "fine";
};

const CellView = (props: { cell: MatrixCell }): ReactNode => {
  const { qty, inTransit, coverDays } = props.cell;
  return (
    <span className={`matrix-cell cover-${coverBand(coverDays)}`}>
      <span className="matrix-transit">{inTransit > 0 && `+${format.qty(inTransit)}`}</span>
      <span className="figure">{qty === 0 ? "–" : format.qty(qty)}</span>
      <span className="matrix-days">{coverDays === null ? "" : format.qty(coverDays)}</span>
    </span>
  );
};

const matrixColumns = (
  t: TFunction<"stock">,
  words: Words,
  matrix: StockMatrix,
): Column<MatrixRow>[] => [
  {
    id: "sku",
    title: t("sku"),
    width: 80,
    cell: (row) => row.skuCode,
    text: (row) => row.skuCode,
    by: (row) => row.skuCode,
  },
  {
    id: "name",
    title: t("name"),
    width: 176,
    grow: 2,
    cell: (row) => words.name(row.skuName),
    text: (row) => words.name(row.skuName),
    by: (row) => words.name(row.skuName),
  },
  {
    id: "total",
    title: t("matrixTotal"),
    width: 124,
    numeric: true,
    cell: (row) => <CellView cell={{ qty: row.total, inTransit: 0, coverDays: row.coverDays }} />,
    text: (row) => String(row.total),
    by: (row) => row.total,
  },
  ...matrix.places.map(
    (place, at): Column<MatrixRow> => ({
      id: place.id,
      title: place.fields.name,
      width: 124,
      numeric: true,
      cell: (row) => {
        const cell = row.cells[at];
        return cell ? <CellView cell={cell} /> : null;
      },
      text: (row) => String(row.cells[at]?.qty ?? 0),
      by: (row) => row.cells[at]?.coverDays ?? null,
    }),
  ),
];

export const MatrixLegend = (): ReactNode => {
  const { t } = useTranslation("stock");
  const bands = [
    ["short", t("coverShort")],
    ["low", t("coverLow")],
    ["fine", t("coverFine")],
    ["long", t("coverLong")],
    ["unknown", t("coverUnknown")],
  ] as const;
  return (
    <span className="matrix-legend">
      <span className="quiet">{t("coverLegend")}</span>
      {bands.map(([band, text]) => (
        <span key={band} className={`legend-chip cover-${band}`}>
          {text}
        </span>
      ))}
    </span>
  );
};

const Matrix = (props: { matrix: StockMatrix; onSku: (code: string) => void }): ReactNode => {
  const { t } = useTranslation("stock");
  const words = useWords();
  const { matrix } = props;
  const columns = useMemo(() => matrixColumns(t, words, matrix), [t, words, matrix]);
  return (
    <ArrayGrid
      id="matrix"
      label={t("matrix")}
      columns={columns}
      list={matrix.rows}
      rowKey={(row) => row.sku}
      onOpen={(row) => props.onSku(row.skuCode)}
    />
  );
};

export const StockMatrixGrid = (props: { onSku: (code: string) => void }): ReactNode => {
  const { asOf } = useSession();
  const matrix = useCall("stock.matrix", { asOf });
  return (
    <Answer query={matrix} rows={16}>
      {(data) => <Matrix matrix={data} onSku={props.onSku} />}
    </Answer>
  );
};
