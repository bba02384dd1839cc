/** The lines of an order while they are typed, each with what the offer of its goods says. */
import { Select } from "antd";
import { type ReactNode, useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OfferQuote } from "../../contract";
import { sumOf, times } from "../../kit/decimal";
import { InlineLink, Money } from "../../kit/Figures";
import * as format from "../../kit/format";
import { LineTable } from "../../kit/LineTable";
import { type Change, countColumn, type LineColumn } from "../../kit/lineColumns";

import { changed } from "../../kit/lines";
import { FigureInput } from "../../kit/NumberInputs";
import { useCall, useMoney } from "../../kit/query";
import { SkuPicker } from "../../kit/SkuPicker";
import { useSession } from "../../kit/session";
import { useStable } from "../../kit/stable";
import { isPrice } from "../../kit/terms/check";
import { useWords } from "../../kit/words";
import { emptyLine, isWhole, type Line } from "./draft";

const amountOf = (line: Line): string | null =>
  isWhole(line) ? times(line.price, line.qty ?? 0) : null;

/** What the partner's offer says of this quantity; nothing while it is asked. */
const useQuote = (partner: Id | null, line: Line): OfferQuote | null => {
  const { sku, qty } = line;
  const input = { partner: partner ?? "", sku: sku ?? "", qty: qty ?? 0 };
  const enabled = partner !== null && sku !== null && qty !== null && qty > 0;
  const query = useMoney("offer.quote", input, { enabled });
  return enabled && !query.isPlaceholderData ? (query.data ?? null) : null;
};

/** A price without the zeros that say nothing. */
const plain = (price: string): string =>
  price.includes(".") ? price.replace(/\.?0+$/, "") : price;

/** A price with two decimals at least, as people write it. */
const written = (price: string): string => {
  const [whole = "0", fraction = ""] = price.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
};

/** "Order 340 more and it is cheaper in total", and what may be ordered without a reason. */
const Hint = (props: {
  quote: OfferQuote;
  line: Line;
  onChange: (part: Partial<Line>) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { currency } = useSession();
  const { message } = useWords();
  const { quote, line, onChange } = props;
  const onQty = (qty: number): void => onChange({ qty });
  const qty = line.qty ?? 0;
  const { offer, orderable, cheaperByOrderingMore: more, cheaperTotal } = quote;
  if (offer === null) return null;
  const steps = t("offerSays", {
    moq: format.qty(offer.moq),
    multiple: format.qty(offer.multiple),
  });
  const offered = quote.unitPrice;
  const other = offered !== null && plain(line.price) !== plain(offered);
  return (
    <span className="offer-hint">
      <span className="quiet">
        {steps} · {t("offerLead", { mean: offer.leadDaysMean, p90: offer.leadDaysP90 })}
      </span>
      {quote.warnings.map((warning) => (
        <span key={warning.code} className="tone-amber">
          {message(warning)}
        </span>
      ))}
      {other && (
        <InlineLink onClick={() => onChange({ price: written(offered), typed: false })}>
          {t("offerPrice", { price: format.price(offered) })}
        </InlineLink>
      )}
      {orderable !== null && orderable !== qty && (
        <InlineLink onClick={() => onQty(orderable)}>
          {t("orderable", { units: format.qty(orderable) })}
        </InlineLink>
      )}
      {more !== null && cheaperTotal !== null && quote.total !== null && (
        <span className="offer-cheaper">
          <InlineLink onClick={() => onQty(qty + more)}>
            {t(cheaperTotal === quote.total ? "sameTotal" : "cheaper", { units: format.qty(more) })}
          </InlineLink>{" "}
          <span className="figure">
            {t("cheaperSums", {
              less: format.money(cheaperTotal, currency),
              now: format.money(quote.total, currency),
            })}
          </span>
        </span>
      )}
    </span>
  );
};

const VersionSelect = (props: {
  sku: Id | null;
  value: Id | null;
  onChange: (version: Id | null) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { today } = status;
  const versions = useCall("version.list", {}).data ?? [];
  const ofSku = versions.filter(({ sku, id }) => sku === props.sku && id !== null);
  const holding = ofSku.filter(
    ({ id, from, to }) => id === props.value || (from <= today && (to === null || to >= today)),
  );
  if (holding.length === 0) return <span className="quiet">–</span>;
  return (
    <Select
      allowClear
      aria-label={t("version")}
      placeholder={t("currentVersion")}
      value={props.value}
      options={holding.map(({ id, artworkNo, registrationNo }) => ({
        value: id,
        label: `${artworkNo} ${registrationNo}`.trim(),
      }))}
      onChange={(version) => props.onChange(version ?? null)}
    />
  );
};

/** What the offer says of a line; its price goes into the line unless somebody typed one. */
const Quoted = (props: {
  line: Line;
  partner: Id | null;
  /** The price that is known of goods for which no offer holds. */
  known: string;
  onChange: (part: Partial<Line>) => void;
}): ReactNode => {
  const { line, onChange, known } = props;
  const quote = useQuote(props.partner, line);
  const offered = quote?.unitPrice ?? (quote?.offer === null ? known : null);
  const takes =
    offered !== null && offered !== "" && !line.typed && plain(line.price) !== plain(offered);
  useEffect(() => {
    if (takes) onChange({ price: written(offered) });
  });
  return (
    quote?.offer && (
      <tr className="offer-line">
        <td colSpan={6}>
          <Hint quote={quote} line={line} onChange={onChange} />
        </td>
      </tr>
    )
  );
};

const useColumns = (
  priceIncludesTax: boolean,
  onSku: (line: Line, sku: Id) => void,
): LineColumn<Line>[] => {
  const { t } = useTranslation("production");
  const { currency } = useSession();
  return useMemo(
    (): LineColumn<Line>[] => [
      {
        name: "sku",
        head: t("goods"),
        cell: (line) => (
          <SkuPicker value={line.sku} label={t("goods")} onChange={({ id }) => onSku(line, id)} />
        ),
      },
      {
        name: "version",
        head: t("version"),
        width: 190,
        cell: ({ sku, version }, change) => (
          <VersionSelect
            sku={sku}
            value={version}
            onChange={(chosen) => change({ version: chosen })}
          />
        ),
      },
      countColumn<Line>("qty", {
        head: t("qty"),
        width: 110,
        min: 1,
        foot: (lines) => format.qty(lines.reduce((total, { qty }) => total + (qty ?? 0), 0)),
      }),
      {
        name: "price",
        head: t(priceIncludesTax ? "unitPrice" : "unitPriceNet", { currency }),
        numeric: true,
        width: 130,
        cell: ({ price }, change) => (
          <FigureInput
            value={price}
            label={t("price")}
            wrong={price !== "" && !isPrice(price)}
            onChange={(text) => change({ price: text.trim(), typed: true })}
          />
        ),
      },
      {
        name: "amount",
        head: t("amount", { currency }),
        numeric: true,
        width: 140,
        cell: (line) => <Money amount={amountOf(line)} />,
        foot: (lines) => <Money amount={sumOf(lines.flatMap((line) => amountOf(line) ?? []))} />,
      },
    ],
    [t, currency, priceIncludesTax, onSku],
  );
};

export const OrderLines = (props: {
  lines: Line[];
  partner: Id | null;
  priceIncludesTax: boolean;
  onLines: (lines: Line[]) => void;
  /** Goods were chosen: their offer may fill in the order's terms. */
  onSku: (lines: Line[], sku: Id) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const prices = useMoney("sku.prices", {}).data;
  const { lines, partner, onLines } = props;
  const onSku = useStable(({ key }: Line, sku: Id): void =>
    props.onSku(changed(lines, key, { sku, version: null }), sku),
  );
  const columns = useColumns(props.priceIncludesTax, onSku);
  const below = useCallback(
    (line: Line, onChange: Change<Line>): ReactNode => (
      <Quoted
        line={line}
        partner={partner}
        known={prices?.find(({ sku }) => sku === line.sku)?.unitCost ?? ""}
        onChange={onChange}
      />
    ),
    [partner, prices],
  );
  return (
    <LineTable
      className="order-lines"
      lines={lines}
      columns={columns}
      onLines={onLines}
      add={{
        text: t("addLine"),
        line: emptyLine,
        goesOn: isWhole,
      }}
      below={below}
    />
  );
};
