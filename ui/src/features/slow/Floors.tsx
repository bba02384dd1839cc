/** How low a lot's price may go in each channel, and what its units bring there. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ClearanceChannel, ClearanceRow, RunBench } from "../../contract";
import { AskWhy } from "../../kit/AskWhy";
import { NOTHING_ASKED } from "../../kit/bench";
import { Part } from "../../kit/Detail";
import { InlineLink, Money, type Tone } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";
import { standing } from "./standing";

const TONES: Record<ReturnType<typeof standing>, Tone> = {
  unknown: "grey",
  never: "red",
  reason: "amber",
  recovers: "blue",
};

/** The question to the bench by which a floor of the lot comes about. */
const benchOf = (row: ClearanceRow, channel: ClearanceChannel): RunBench => ({
  ...NOTHING_ASKED,
  sku: row.sku,
  price: channel.price,
  unitCost: row.unitCost,
});

const Channel = (props: {
  row: ClearanceRow;
  channel: ClearanceChannel;
  best: boolean;
}): ReactNode => {
  const { t } = useTranslation("slow");
  const { name, message } = useWords();
  const { channel } = props;
  const at = standing(channel);
  const tone = TONES[at];
  const bench = benchOf(props.row, channel);
  const floor = (figure: string, amount: string | null): ReactNode =>
    amount === null ? (
      <Money amount={null} />
    ) : (
      <AskWhy ask={{ bench, channel: channel.channel, way: channel.way, figure, account: null }}>
        <Money amount={amount} />
      </AskWhy>
    );
  return (
    <tr>
      <td>
        {name(channel.name)} {props.best && <Tag tone="blue">{t("bringsMost")}</Tag>}
        {channel.problem !== null && (
          <div className={`tone-${at === "never" ? "red" : "amber"}`}>
            {message(channel.problem)}
          </div>
        )}
      </td>
      <td className="numeric">{floor("breakEven", channel.fullCost)}</td>
      <td className="numeric">{floor("floorSunk", channel.cash)}</td>
      <td className="numeric">{floor("floorDestruction", channel.destruction)}</td>
      <td className="numeric" title={at === "unknown" ? "" : t(`stands_${at}`)}>
        <Money amount={channel.price === null ? null : channel.price} tone={tone} />
      </td>
      <td className="numeric">
        <Money amount={channel.expectedCash} />
      </td>
    </tr>
  );
};

export const Floors = (props: { row: ClearanceRow; currency: string }): ReactNode => {
  const { t } = useTranslation("slow");
  const go = useGo();
  const { row, currency } = props;
  return (
    <Part
      title={t("floors", { currency })}
      acts={<InlineLink onClick={() => go("/channels/prices")}>{t("toPrices")}</InlineLink>}
    >
      <p className="quiet">
        {row.daysLeft === null
          ? t("toClear", { units: format.qty(row.toClear) })
          : t("toClearIn", { units: format.qty(row.toClear), days: row.daysLeft })}
      </p>
      <table className="plain-table floors">
        <thead>
          <tr>
            <th>{t("channel")}</th>
            <th className="numeric">{t("floorFull")}</th>
            <th className="numeric">{t("floorCash")}</th>
            <th className="numeric">{t("floorDestruction")}</th>
            <th className="numeric">{t("priceNow")}</th>
            <th className="numeric" title={t("expectedCashHint")}>
              {t("expectedCash")}
            </th>
          </tr>
        </thead>
        <tbody>
          {row.channels.map((channel) => (
            <Channel
              key={channel.channel}
              row={row}
              channel={channel}
              best={channel.channel === row.best}
            />
          ))}
        </tbody>
      </table>
    </Part>
  );
};
