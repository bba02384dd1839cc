/** The margin bench: one product, all channels side by side, played with. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Bench, BenchRow, RunBench } from "../../contract";
import { NOTHING_ASKED } from "../../kit/bench";
import { Money } from "../../kit/Figures";
import { useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { useWords } from "../../kit/words";
import { BenchDetail } from "./BenchDetail";
import { BenchInputs } from "./BenchInputs";
import { BenchTable } from "./BenchTable";
import { bestOf, keyOf, rowsShown } from "./bench";
import { NoChannels } from "./NoChannels";
import { PartyChart, PartyLegend } from "./PartyChart";
import { benchOf, nothingTried, type Trial } from "./trial";
import { useDelayed } from "./useDelayed";

/** Which channel leaves most, in one sentence. */
const AnswerLine = (props: { bench: Bench; best: BenchRow | null }): ReactNode => {
  const { t } = useTranslation("channels");
  const { name } = useWords();
  const { bench, best } = props;
  if (best?.result == null) return null;
  const losing = rowsShown(bench.rows, false).filter(
    ({ result }) => result && Number(result.expected) < 0,
  );
  return (
    <p className="answer-line bench-answer">
      <strong>
        {t("bestIs", { channel: name(best.name) })}{" "}
        <Money amount={best.result.expected} currency={bench.currency} />
      </strong>
      {losing.length > 0 && (
        <strong className="tone-red">{t("losing", { count: losing.length })}</strong>
      )}
      <span className="quiet">{t("perUnit", { currency: bench.currency })}</span>
    </p>
  );
};

const Side = (props: { bench: Bench; ask: RunBench; allWays: boolean }): ReactNode => {
  const { bench, ask, allWays } = props;
  const rows = useMemo(() => rowsShown(bench.rows, allWays), [bench.rows, allWays]);
  const best = bestOf(rows);
  const [key, setKey] = useState<string | null>(null);
  const chosen = rows.find((row) => keyOf(row) === key) ?? best ?? rows[0] ?? null;
  const choose = useMemo(() => (row: BenchRow) => setKey(keyOf(row)), []);
  return (
    <>
      <AnswerLine bench={bench} best={best} />
      <div className="bench-side">
        <BenchTable
          rows={rows}
          best={best}
          chosen={chosen}
          ask={ask}
          allWays={allWays}
          onChosen={choose}
        />
        <div className="bench-bars">
          <PartyChart rows={rows} currency={bench.currency} onChosen={choose} />
        </div>
      </div>
      <PartyLegend rows={rows} />
      {chosen && <BenchDetail row={chosen} ask={ask} currency={bench.currency} />}
    </>
  );
};

/** What is tried, the product remembered; at first the first goods whose cost is known. */
const useTrial = (): {
  trial: Trial;
  setTrial: (trial: Trial) => void;
  pick: (sku: string) => void;
  listPrice: string | null;
} => {
  const prices = useMoney("sku.prices", {}).data;
  const [sku, setSku] = useSaved<string | null>("bench.sku", null);
  const [trial, setTrial] = useState<Trial>(nothingTried);
  const priceOf = (id: string | null): string | null =>
    prices?.find((price) => price.sku === id)?.listPrice ?? null;
  const known = prices?.some((price) => price.sku === sku) ?? false;
  const first = prices?.find(({ unitCost, listPrice }) => unitCost !== null && listPrice !== null);
  const start = known ? sku : (first?.sku ?? prices?.[0]?.sku ?? null);
  const startPrice = priceOf(start);
  useEffect(() => {
    if (start !== null)
      setTrial((now) => (now.sku === null ? { ...now, sku: start, price: startPrice } : now));
  }, [start, startPrice]);
  return {
    trial,
    setTrial,
    listPrice: priceOf(trial.sku),
    pick: (id) => {
      setSku(id);
      setTrial({ ...nothingTried, sku: id, price: priceOf(id) });
    },
  };
};

export const BenchPage = (): ReactNode => {
  const { trial, setTrial, pick, listPrice } = useTrial();
  const [allWays, setAllWays] = useSaved("bench.allWays", false);
  const ask = useDelayed(useMemo(() => benchOf(trial), [trial]));
  const bench = useMoney("bench.run", ask ?? NOTHING_ASKED, { enabled: ask !== null });
  return (
    <div className="padded bench">
      <BenchInputs
        trial={trial}
        unitCost={bench.data?.unitCost ?? null}
        listPrice={listPrice}
        allWays={allWays}
        onTrial={setTrial}
        onSku={pick}
        onAllWays={setAllWays}
      />
      {ask !== null && (
        <Answer query={bench} rows={10}>
          {(data) =>
            data.rows.length === 0 ? (
              <NoChannels />
            ) : (
              <Side bench={data} ask={ask} allWays={allWays} />
            )
          }
        </Answer>
      )}
    </div>
  );
};
