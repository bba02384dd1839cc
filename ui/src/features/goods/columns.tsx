/** The columns of the goods list. */
import type { TFunction } from "i18next";
import type { SkuPrice, SkuRow } from "../../contract";
import { coverTone, Days, DayText, expiryTone, Money, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import type { Column } from "../../kit/grid/columns";
import { Tag } from "../../kit/StatusTag";
import type { Words } from "../../kit/words";

export type GoodsLine = { row: SkuRow; name: string; price: SkuPrice | undefined };

const lifecycleTones = {
  launch: "blue",
  core: "grey",
  seasonal: "grey",
  decline: "amber",
  delisted: "red",
} as const;

type T = TFunction<"goods">;

const identity = (t: T, words: Words): Column<GoodsLine>[] => [
  {
    id: "code",
    title: t("code"),
    width: 96,
    cell: ({ row }) => row.fields.code,
    text: ({ row }) => row.fields.code,
    by: ({ row }) => row.fields.code,
  },
  {
    id: "name",
    title: t("name"),
    width: 180,
    grow: 2,
    cell: ({ name }) => name,
    text: ({ name }) => name,
    by: ({ name }) => name,
  },
  {
    id: "brand",
    title: t("brand"),
    width: 80,
    hidden: true,
    cell: ({ row }) => row.fields.brand,
    text: ({ row }) => row.fields.brand,
    by: ({ row }) => row.fields.brand,
  },
  {
    id: "category",
    title: t("category"),
    width: 80,
    cell: ({ row }) => row.fields.category,
    text: ({ row }) => row.fields.category,
    by: ({ row }) => row.fields.category,
  },
  {
    id: "lifecycle",
    title: t("lifecycle"),
    width: 88,
    cell: ({ row }) => (
      <Tag tone={lifecycleTones[row.fields.lifecycle]}>
        {words.word("lifecycle", row.fields.lifecycle)}
      </Tag>
    ),
    text: ({ row }) => words.word("lifecycle", row.fields.lifecycle),
    by: ({ row }) => row.fields.lifecycle,
  },
];

const stock = (t: T, today: string): Column<GoodsLine>[] => [
  {
    id: "onHand",
    title: t("onHand"),
    width: 92,
    numeric: true,
    cell: ({ row }) => <Qty value={row.onHand} />,
    text: ({ row }) => String(row.onHand),
    by: ({ row }) => row.onHand,
  },
  {
    id: "inTransit",
    title: t("inTransit"),
    width: 92,
    numeric: true,
    cell: ({ row }) => <Qty value={row.inTransit} />,
    text: ({ row }) => String(row.inTransit),
    by: ({ row }) => row.inTransit,
  },
  {
    id: "sold28",
    title: t("sold28"),
    width: 96,
    numeric: true,
    cell: ({ row }) => <Qty value={row.sold28} />,
    text: ({ row }) => String(row.sold28),
    by: ({ row }) => row.sold28,
  },
  {
    id: "rate",
    title: t("rate"),
    width: 92,
    numeric: true,
    hidden: true,
    cell: ({ row }) => <Money amount={row.ratePerDay} />,
    text: ({ row }) => row.ratePerDay ?? "",
    by: ({ row }) => (row.ratePerDay === null ? null : Number(row.ratePerDay)),
  },
  {
    id: "cover",
    title: t("cover"),
    width: 92,
    numeric: true,
    cell: ({ row }) => {
      const tone = coverTone(row.coverDays);
      return <Days value={row.coverDays} bare {...(tone ? { tone } : {})} />;
    },
    text: ({ row }) => String(row.coverDays ?? ""),
    by: ({ row }) => row.coverDays,
  },
  {
    id: "nextExpiry",
    title: t("nextExpiry"),
    width: 104,
    cell: ({ row }) => {
      const days = row.nextExpiry === null ? null : format.daysBetween(today, row.nextExpiry);
      const tone = expiryTone(days);
      return <DayText day={row.nextExpiry} {...(tone ? { tone } : {})} />;
    },
    text: ({ row }) => row.nextExpiry ?? "",
    by: ({ row }) => row.nextExpiry,
  },
];

const priceColumn = (
  id: "unitCost" | "listPrice" | "floorPrice",
  title: string,
): Column<GoodsLine> => ({
  id,
  title,
  width: 88,
  numeric: true,
  hidden: id === "floorPrice",
  cell: ({ price }) => {
    const amount = price?.[id] ?? null;
    return <span className="figure">{amount === null ? "–" : format.price(amount)}</span>;
  },
  text: ({ price }) => price?.[id] ?? "",
  by: ({ price }) => (price?.[id] == null ? null : Number(price[id])),
});

/** What the list can do without, the least needed first. */
export const SPARE = [
  "listPrice",
  "unitCost",
  "category",
  "inTransit",
  "lifecycle",
  "nextExpiry",
  "sold28",
];

/** Money columns stand only where the role sees money. */
export const goodsColumns = (
  t: T,
  words: Words,
  today: string,
  seesMoney: boolean,
): Column<GoodsLine>[] => [
  ...identity(t, words),
  ...stock(t, today),
  ...(seesMoney
    ? [
        priceColumn("unitCost", t("unitCost")),
        priceColumn("listPrice", t("listPrice")),
        priceColumn("floorPrice", t("floorPrice")),
      ]
    : []),
];
