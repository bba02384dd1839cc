/** The columns of the slow-moving list. */
import type { TFunction } from "i18next";
import type { ClearanceChannel, SlowClass } from "../../contract";
import { coverTone, Days, DayText, Money, Qty, type Tone } from "../../kit/Figures";
import * as format from "../../kit/format";
import type { Column } from "../../kit/grid/columns";
import { Tag } from "../../kit/StatusTag";
import { Why } from "../../kit/Why";
import type { Words } from "../../kit/words";
import { age, CLASSES, type SlowLine } from "./lines";
import { bestOf } from "./standing";

type T = TFunction<"slow">;
type SlowColumn = Column<SlowLine>;

export const CLASS_TONES: Record<SlowClass, Tone> = {
  dead: "red",
  stagnant: "red",
  slow: "amber",
  watch: "amber",
  healthy: "green",
  new: "grey",
};

const whatColumns = (t: T, words: Words): SlowColumn[] => [
  {
    id: "class",
    title: t("class"),
    width: 92,
    sortable: true,
    by: ({ row }) => CLASSES.indexOf(row.class),
    cell: ({ row }) => (
      <Tag tone={CLASS_TONES[row.class]}>{words.word("slow_class", row.class)}</Tag>
    ),
    text: ({ row }) => words.word("slow_class", row.class),
  },
  {
    id: "sku",
    title: t("sku"),
    width: 68,
    sortable: true,
    by: ({ row }) => row.skuCode,
    cell: ({ row }) => row.skuCode,
    text: ({ row }) => row.skuCode,
  },
  {
    id: "name",
    title: t("name"),
    width: 168,
    grow: 2,
    sortable: true,
    by: ({ row }) => words.name(row.skuName),
    cell: ({ row }) => words.name(row.skuName),
    text: ({ row }) => words.name(row.skuName),
  },
  {
    id: "lot",
    title: t("lot"),
    width: 84,
    sortable: true,
    by: ({ row }) => row.lotNo,
    cell: ({ row }) => row.lotNo,
    text: ({ row }) => row.lotNo,
  },
  {
    id: "place",
    title: t("place"),
    width: 56,
    sortable: true,
    by: ({ row }) => row.placeCode,
    cell: ({ row }) => row.placeCode,
    text: ({ row }) => row.placeCode,
  },
];

const ageColumns = (t: T): SlowColumn[] => [
  {
    id: "age",
    title: t("age"),
    width: 84,
    numeric: true,
    sortable: true,
    by: ({ row }) => age(row),
    cell: ({ row }) => <Days value={age(row)} bare />,
    text: ({ row }) => String(age(row) ?? ""),
  },
  {
    id: "received",
    title: t("ageReceived"),
    width: 88,
    numeric: true,
    hidden: true,
    sortable: true,
    by: ({ row }) => row.ageReceivedDays,
    cell: ({ row }) => <Days value={row.ageReceivedDays} bare />,
    text: ({ row }) => String(row.ageReceivedDays ?? ""),
  },
  {
    id: "cover",
    title: t("cover"),
    width: 84,
    numeric: true,
    sortable: true,
    by: ({ row }) => row.coverDays,
    cell: ({ row }) => {
      const tone = coverTone(row.coverDays);
      return <Days value={row.coverDays} bare {...(tone ? { tone } : {})} />;
    },
    text: ({ row }) => String(row.coverDays ?? ""),
  },
];

const lastSellTone = (day: string | null, today: string): { tone?: Tone } => {
  if (day === null) return {};
  const days = format.daysBetween(today, day);
  return days < 0 ? { tone: "red" } : days < 60 ? { tone: "amber" } : {};
};

const dayColumns = (t: T, today: string): SlowColumn[] => [
  {
    id: "expires",
    title: t("expires"),
    width: 96,
    hidden: true,
    sortable: true,
    by: ({ row }) => row.expiresOn,
    cell: ({ row }) => <DayText day={row.expiresOn} />,
    text: ({ row }) => row.expiresOn ?? "",
  },
  {
    id: "lastSell",
    title: t("lastSell"),
    width: 94,
    sortable: true,
    by: ({ row }) => row.lastSellOn,
    cell: ({ row }) => <DayText day={row.lastSellOn} {...lastSellTone(row.lastSellOn, today)} />,
    text: ({ row }) => row.lastSellOn ?? "",
  },
];

const moneyColumn = (
  id: string,
  title: string,
  of: (line: SlowLine) => string | null,
): SlowColumn => ({
  id,
  title,
  width: 104,
  numeric: true,
  sortable: true,
  // Only for the order of rows; the amounts shown stay exact.
  by: (line) => Number(of(line) ?? 0),
  cell: (line) => <Money amount={Number(of(line)) === 0 ? null : of(line)} />,
  text: (line) => of(line) ?? "",
});

/** The channel that brings most for the lot, and how low its price may go there. */
const floorColumns = (t: T, words: Words): SlowColumn[] => {
  const floor = (
    id: string,
    title: string,
    of: (channel: ClearanceChannel) => string | null,
    hidden: boolean,
  ): SlowColumn => {
    const amount = (line: SlowLine): string | null => {
      const channel = bestOf(line.floors);
      return channel === null ? null : of(channel);
    };
    return {
      id,
      title,
      width: 84,
      numeric: true,
      sortable: true,
      hidden,
      // Only for the order of rows; the amounts shown stay exact.
      by: (line) => Number(amount(line) ?? 0),
      cell: (line) => <Money amount={amount(line)} />,
      text: (line) => amount(line) ?? "",
    };
  };
  const name = (line: SlowLine): string => {
    const channel = bestOf(line.floors);
    return channel === null ? "" : words.name(channel.name);
  };
  return [
    {
      id: "best",
      title: t("bestChannel"),
      width: 118,
      sortable: true,
      by: name,
      cell: (line) => name(line) || "–",
      text: name,
    },
    floor("floorFull", t("floorFull"), ({ fullCost }) => fullCost, false),
    floor("floorCash", t("floorCash"), ({ cash }) => cash, false),
    floor("floorDestruction", t("floorDestruction"), ({ destruction }) => destruction, false),
    floor("expectedCash", t("expectedCash"), ({ expectedCash }) => expectedCash, true),
  ];
};

/** What the list can do without, the least needed first. */
export const SPARE = [
  "floorCash",
  "floorFull",
  "age",
  "value",
  "lastSell",
  "cover",
  "sku",
  "place",
  "floorDestruction",
];

export const slowColumns = (
  t: T,
  words: Words,
  today: string,
  currency: string | null,
  sums: { qty: number; atRisk: number },
): SlowColumn[] => [
  ...whatColumns(t, words),
  {
    id: "qty",
    title: t("qty"),
    width: 72,
    numeric: true,
    sortable: true,
    by: ({ row }) => row.qty,
    cell: ({ row }) => <Qty value={row.qty} zero="0" />,
    text: ({ row }) => String(row.qty),
    total: <Qty value={sums.qty} zero="0" />,
  },
  ...ageColumns(t),
  ...dayColumns(t, today),
  {
    id: "risk",
    title: t("atRisk"),
    width: 92,
    numeric: true,
    sortable: true,
    by: ({ row }) => row.atRisk,
    cell: ({ row }) => (
      <Why derivation={row.derivation}>
        <Qty value={row.atRisk} {...(row.atRisk > 0 ? { tone: "red" as const } : {})} />
      </Why>
    ),
    text: ({ row }) => String(row.atRisk),
    total: <Qty value={sums.atRisk} zero="0" />,
  },
  ...(currency === null
    ? []
    : [
        moneyColumn("value", t("value", { currency }), ({ value }) => value?.value ?? null),
        moneyColumn(
          "riskValue",
          t("atRiskValue", { currency }),
          ({ value }) => value?.atRiskValue ?? null,
        ),
        ...floorColumns(t, words),
      ]),
];
