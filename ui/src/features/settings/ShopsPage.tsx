/** Shops: is it fresh, what failed, which listings are not ours yet. */
import { Button } from "antd";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopRow, SyncReport } from "../../contract";
import { Facts } from "../../kit/Detail";
import { DayText, InstantText, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useAct, useCall } from "../../kit/query";
import { Answer, Empty } from "../../kit/Screen";
import { useWords } from "../../kit/words";
import { ShopForm } from "./ShopForm";
import { UnmappedListings, UnmappedWarehouses } from "./Unmapped";

const useSync = (): ReturnType<typeof useAct<"sync.run">> => {
  const { t } = useTranslation("settings");
  const said = useCallback(
    (report: SyncReport): string => {
      const { orders, postedUnits, postedDays, problems } = report;
      const done = t("synced", {
        orders: format.qty(orders),
        units: format.qty(postedUnits),
        days: postedDays,
      });
      return problems.length === 0 ? done : t("syncProblems", { count: problems.length });
    },
    [t],
  );
  return useAct("sync.run", { said });
};

const ShopCard = (props: { shop: ShopRow; onEdit: () => void }): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const { message } = useWords();
  const sync = useSync();
  const { shop } = props;
  return (
    <section className="shop">
      <header>
        <h3>
          {shop.name} <span className="quiet">{shop.code}</span>
        </h3>
        <Button size="small" onClick={props.onEdit}>
          {kit("edit")}
        </Button>
        <Button
          size="small"
          loading={sync.busy}
          disabled={sync.denied !== null}
          onClick={() => void sync.run({ shop: shop.id })}
        >
          {t("sync")}
        </Button>
      </header>
      <Facts
        facts={[
          [t("lastSuccess"), <InstantText key="s" at={shop.lastSuccess} />],
          [t("postedUntil"), <DayText key="p" day={shop.postedUntil} />],
          [t("ordersSeen"), <Qty key="o" value={shop.ordersSeen} />],
          [t("url"), shop.url],
        ]}
      />
      {shop.lastError && (
        <p className="shop-error">
          {t("lastError")}: {message(shop.lastError)}
        </p>
      )}
      <UnmappedListings shop={shop} />
      <UnmappedWarehouses shop={shop} onMap={props.onEdit} />
    </section>
  );
};

export const ShopsPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const shops = useCall("shop.list", {});
  const sync = useSync();
  const [editing, setEditing] = useState<ShopRow | "new" | null>(null);
  const add = <Button onClick={() => setEditing("new")}>{t("addShop")}</Button>;
  return (
    <>
      <Answer query={shops} rows={6}>
        {(data) =>
          data.length === 0 ? (
            <Empty title={t("noShops")} acts={add}>
              {t("noShopsText")}
            </Empty>
          ) : (
            <>
              <div className="settings-acts">
                <Button
                  type="primary"
                  loading={sync.busy}
                  onClick={() => void sync.run({ shop: null })}
                >
                  {t("syncAll")}
                </Button>
                {add}
              </div>
              {data.map((shop) => (
                <ShopCard key={shop.id} shop={shop} onEdit={() => setEditing(shop)} />
              ))}
            </>
          )
        }
      </Answer>
      {editing && (
        <ShopForm shop={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
};
