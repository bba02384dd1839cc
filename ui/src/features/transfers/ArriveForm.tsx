/** What really arrived, lot by lot. All that is on the way is filled in; only differences are typed. */
import { Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, Status, TransferCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import * as format from "../../kit/format";
import { LineDialog } from "../../kit/LineDialog";
import { LineTable } from "../../kit/LineTable";
import type { LineColumn } from "../../kit/lineColumns";
import type { Keyed } from "../../kit/lines";
import { CountInput } from "../../kit/NumberInputs";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

/** One line of an arrival; a lot may stand twice in different states. */
export type ArrivalLine = Keyed & { lot: Id; lotNo: string; qty: number; status: Status };

const STATUSES: readonly Status[] = ["good", "quarantine", "blocked", "defective"];

export const firstLines = (card: TransferCard): ArrivalLine[] =>
  card.inTransit.map(({ lot, lotNo, qty }) => ({ key: lot, lot, lotNo, qty, status: "good" }));

/** Units of a lot that stay on the way; negative when more came than was sent. */
export const stays = (card: TransferCard, lines: ArrivalLine[], lot: Id): number => {
  const sent = card.inTransit.find((open) => open.lot === lot)?.qty ?? 0;
  return lines.filter((line) => line.lot === lot).reduce((left, line) => left - line.qty, sent);
};

const useColumns = (card: TransferCard): LineColumn<ArrivalLine>[] => {
  const { t } = useTranslation("transfers");
  const { word } = useWords();
  return useMemo((): LineColumn<ArrivalLine>[] => {
    const rest: LineColumn<ArrivalLine, number> = {
      name: "rest",
      numeric: true,
      ofWhole: true,
      told: ({ lot }, lines) => stays(card, lines, lot),
      cell: (_line, _change, _first, open) =>
        open !== 0 && (
          <span className={open > 0 ? "figure tone-amber" : "figure tone-red"}>
            {open > 0 ? t("staysOnWay", { count: open }) : t("moreThanSent", { count: -open })}
          </span>
        ),
    };
    return [
      {
        name: "lot",
        head: t("lot"),
        ofWhole: true,
        cell: ({ lot, lotNo }) =>
          `${card.lines.find((line) => line.lot === lot)?.skuCode ?? ""} ${lotNo}`,
      },
      {
        name: "sent",
        head: t("onTheWay"),
        numeric: true,
        ofWhole: true,
        cell: ({ lot }) => format.qty(card.inTransit.find((sent) => sent.lot === lot)?.qty ?? 0),
      },
      {
        name: "qty",
        head: t("arrivedNow"),
        numeric: true,
        width: 110,
        cell: ({ lotNo, qty }, change, first) => (
          <CountInput
            first={first}
            value={qty}
            label={t("arrivedQty", { lot: lotNo })}
            onChange={(typed) => change({ qty: typed ?? 0 })}
          />
        ),
      },
      {
        name: "status",
        head: t("arrivedAs"),
        width: 120,
        cell: ({ lotNo, status }, change) => (
          <Select
            value={status}
            aria-label={t("arrivedStatus", { lot: lotNo })}
            options={STATUSES.map((value) => ({ value, label: word("status", value) }))}
            onChange={(chosen) => change({ status: chosen })}
          />
        ),
      },
      rest,
    ];
  }, [t, word, card]);
};

export const ArriveForm = (props: { card: TransferCard; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("transfers");
  const { status } = useSession();
  const { card, onClose } = props;
  const { id, number } = card.row;
  const [lines, setLines] = useState(() => firstLines(card));
  const [arrivedOn, setArrivedOn] = useState<Day | null>(status.today);
  const arrive = useAct("transfer.arrive", {
    quiet: true,
    said: () => t("saidArrived", { number }),
  });
  const columns = useColumns(card);
  // What is still open of a lot is what came in another state.
  const rest = ({ lot }: ArrivalLine): Partial<ArrivalLine> => ({
    qty: Math.max(0, stays(card, lines, lot)),
    status: "defective",
  });
  const came = lines.filter((line) => line.qty > 0);
  const post = async (): Promise<void> => {
    const parts = came.map(({ lot, qty, status: as }) => ({ lot, qty, status: as }));
    const done = await arrive.run({ id, arrivedOn, lines: parts });
    if (done) onClose();
  };
  const units = format.qty(came.reduce((sum, line) => sum + line.qty, 0));
  return (
    <LineDialog
      width={680}
      title={t("arriveTitle", { number, to: card.row.toName })}
      okText={t("arriveAct", { units })}
      ready={came.length > 0 && arrivedOn !== null}
      busy={arrive.busy}
      error={arrive.error}
      onPost={post}
      onClose={onClose}
    >
      <div className="arrive-day">
        <span>{t("arrivedOn")}</span>
        <DayInput value={arrivedOn} onChange={setArrivedOn} label={t("arrivedOn")} />
      </div>
      <LineTable
        className="arrive-table"
        lines={lines}
        columns={columns}
        onLines={setLines}
        split={{ text: t("split"), part: rest }}
      />
      <p className="quiet arrive-hint">{t("arriveHint")}</p>
    </LineDialog>
  );
};
