/** The price book: goods by channel on a day, changed in place; red where it contradicts itself. */
import { Button, Switch } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelRow, Day } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { useExport } from "../../kit/exporting";
import { FilterBox } from "../../kit/FilterBox";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import type { Column } from "../../kit/grid/columns";
import { useDetailRoute, useGo } from "../../kit/links";
import { bothNames, namesOf } from "../../kit/names";
import { useCall, useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { NoChannels } from "./NoChannels";
import { PriceCell } from "./PriceCell";
import { PriceDetail } from "./PriceDetail";
import { type BookLine, bookOf } from "./prices";

const useColumns = (channels: readonly ChannelRow[], day: Day): Column<BookLine>[] => {
  const { t } = useTranslation("channels");
  const { name } = useWords();
  return useMemo(
    () => [
      {
        id: "sku",
        title: t("sku"),
        width: 84,
        sortable: true,
        by: ({ sku }) => sku.fields.code,
        cell: ({ sku }) => sku.fields.code,
        text: ({ sku }) => sku.fields.code,
      },
      {
        id: "name",
        title: t("product"),
        width: 150,
        grow: 1,
        sortable: true,
        by: ({ sku }) => name(namesOf(sku.fields)),
        cell: ({ sku }) => name(namesOf(sku.fields)),
        text: ({ sku }) => name(namesOf(sku.fields)),
      },
      ...channels.map(
        (channel): Column<BookLine> => ({
          id: channel.id,
          title: name(channel.name),
          width: 120,
          numeric: true,
          sortable: true,
          by: ({ at }) => {
            const price = at.get(channel.id)?.now?.price ?? null;
            return price === null ? null : Number(price);
          },
          cell: ({ sku, at }) => (
            <PriceCell
              sku={sku.id}
              channel={channel.id}
              label={`${sku.fields.code} ${name(channel.name)}`}
              day={day}
              at={at.get(channel.id) ?? null}
            />
          ),
          text: ({ at }) => at.get(channel.id)?.now?.price ?? "",
        }),
      ),
    ],
    [channels, day, t, name],
  );
};

const hasFault = ({ at }: BookLine): boolean =>
  [...at.values()].some(({ fault }) => fault !== null);

const fits = ({ sku }: BookLine, typed: string): boolean =>
  `${sku.fields.code} ${bothNames(namesOf(sku.fields))}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

const ALL = { channel: null, sku: null, on: null };

export const usePriceBook = (): {
  body: ReactNode;
  tools: ReactNode;
  detail: ReactNode;
  acts: ReactNode;
} => {
  const { t } = useTranslation("channels");
  const kit = useTranslation("kit").t;
  const go = useGo();
  const { today } = useSession().status;
  const route = useDetailRoute("/channels/prices");
  const channels = useCall("channel.list", {}).data;
  const goods = useCall("sku.list", {}).data;
  const prices = useMoney("price.list", ALL);
  const [day, setDay] = useState<Day>(today);
  const [filter, setFilter] = useState("");
  const [priced, setPriced] = useState(false);
  const write = useExport("prices", t("pricesFile"));
  const columns = useColumns(channels ?? NONE, day);
  const all = useMemo(() => {
    const sold = (goods ?? []).filter(({ fields }) => fields.kind !== "material");
    return bookOf(sold, prices.data ?? [], day);
  }, [goods, prices.data, day]);
  const faults = all.filter(hasFault).length;
  const lines = useMemo(
    () =>
      all.filter((line) => (!priced || line.at.size > 0) && (filter === "" || fits(line, filter))),
    [all, filter, priced],
  );
  const open = all.find(({ sku }) => sku.id === route.id);
  return {
    acts: (
      <>
        <Button onClick={() => go("/import")}>{t("pricesIn")}</Button>
        <Button loading={write.busy} onClick={() => void write.run()}>
          {kit("export")}
        </Button>
      </>
    ),
    tools: (
      <>
        <FilterBox value={filter} onChange={setFilter} />
        <span className="inline-choice price-day">
          <span className="quiet">{t("onDay")}</span>
          <DayInput value={day} label={t("onDay")} onChange={(next) => setDay(next ?? today)} />
        </span>
        <span className="inline-choice">
          <Switch size="small" checked={priced} onChange={setPriced} aria-label={t("pricedOnly")} />
          <span className="quiet">{t("pricedOnly")}</span>
        </span>
        {faults > 0 && <strong className="tone-red">{t("faults", { count: faults })}</strong>}
        <span className="tools-right quiet">{t("bookHint")}</span>
      </>
    ),
    detail: open && (
      <PriceDetail
        key={open.sku.id}
        sku={open.sku}
        prices={(prices.data ?? []).filter(({ sku }) => sku === open.sku.id)}
        day={day}
        route={route}
      />
    ),
    body:
      channels?.length === 0 ? (
        <NoChannels />
      ) : (
        <Answer query={prices} rows={12}>
          {() => (
            <ArrayGrid
              id="prices"
              label={t("priceBook")}
              columns={columns}
              list={lines}
              rowKey={({ sku }) => sku.id}
              openKey={route.id}
              onOpen={({ sku }) => route.open(sku.id)}
              rowTone={(line) => (hasFault(line) ? "red" : undefined)}
            />
          )}
        </Answer>
      ),
  };
};

const NONE: readonly ChannelRow[] = [];
