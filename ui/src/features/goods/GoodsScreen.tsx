/** All goods with where they stand; one product's way from factory to customer beside them. */
import { ExportOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SkuRow } from "../../contract";
import { useExport } from "../../kit/exporting";
import { FilterBox } from "../../kit/FilterBox";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import { useDetailRoute, useGo } from "../../kit/links";
import { nameIn, namesOf } from "../../kit/names";
import { useCall, useMoney } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { type GoodsLine, goodsColumns, SPARE } from "./columns";
import { SkuDetail } from "./SkuDetail";
import { SkuForm } from "./SkuForm";

const fits = (line: GoodsLine, typed: string): boolean => {
  const { code, nameZh, nameEn, brand, category, gtin, aliases } = line.row.fields;
  const codes = aliases.map((alias) => alias.code).join(" ");
  const text = `${code} ${nameZh} ${nameEn} ${brand} ${category} ${gtin ?? ""} ${codes}`;
  return text.toLowerCase().includes(typed.trim().toLowerCase());
};

const GoodsGrid = (props: {
  skus: SkuRow[];
  filter: string;
  openId: string | null;
  onOpen: (id: string) => void;
}): ReactNode => {
  const { t, i18n } = useTranslation("goods");
  const words = useWords();
  const { status, seesMoney } = useSession();
  const prices = useMoney("sku.prices", {}).data;
  const columns = useMemo(
    () => goodsColumns(t, words, status.today, seesMoney),
    [t, words, status.today, seesMoney],
  );
  const lines = useMemo(() => {
    const priceOf = new Map(prices?.map((price) => [price.sku, price]));
    const all = props.skus.map((row) => ({
      row,
      name: nameIn(namesOf(row.fields), i18n.language),
      price: priceOf.get(row.id),
    }));
    return props.filter === "" ? all : all.filter((line) => fits(line, props.filter));
  }, [props.skus, props.filter, prices, i18n.language]);
  return (
    <ArrayGrid
      id="goods"
      label={t("title")}
      columns={columns}
      spare={SPARE}
      list={lines}
      rowKey={(line) => line.row.id}
      openKey={props.openId}
      onOpen={(line) => props.onOpen(line.row.id)}
    />
  );
};

const GoodsScreen = (): ReactNode => {
  const { t } = useTranslation("goods");
  const kit = useTranslation("kit").t;
  const go = useGo();
  const [filter, setFilter] = useState("");
  const [adding, setAdding] = useState(false);
  const skus = useCall("sku.list", {});
  const detail = useDetailRoute("/goods");
  const write = useExport("goods", t("exportName"));
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  const importGoods = <Button onClick={() => go("/import")}>{t("importGoods")}</Button>;
  return (
    <Screen
      title={t("title")}
      question={t("question")}
      acts={
        <>
          <Button icon={<ExportOutlined />} loading={write.busy} onClick={() => void write.run()}>
            {kit("export")}
          </Button>
          {importGoods}
          {add}
        </>
      }
      tools={
        <>
          <FilterBox value={filter} onChange={setFilter} />
          {skus.data && <span className="quiet">{kit("rows", { count: skus.data.length })}</span>}
        </>
      }
      detail={
        detail.id !== null && (
          <SkuDetail
            key={detail.id}
            id={detail.id}
            wide={detail.wide}
            onWide={detail.setWide}
            onClose={detail.close}
          />
        )
      }
    >
      <Answer query={skus} rows={14}>
        {(data) =>
          data.length === 0 ? (
            <Empty
              title={t("emptyTitle")}
              acts={
                <>
                  {importGoods}
                  {add}
                </>
              }
            >
              {t("emptyText")}
            </Empty>
          ) : (
            <GoodsGrid skus={data} filter={filter} openId={detail.id} onOpen={detail.open} />
          )
        }
      </Answer>
      {adding && <SkuForm sku={null} onClose={() => setAdding(false)} />}
    </Screen>
  );
};

export default GoodsScreen;
