/** Where is what: a list by goods, lot, place and state, or a matrix of goods and places. */
import { Segmented } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDetailRoute } from "../../kit/links";
import { Screen } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { LotDetail } from "./LotDetail";
import { MatrixLegend, StockMatrixGrid } from "./MatrixView";
import { StockActs } from "./StockActs";
import { defaultChoice, type StockChoice, StockGrid, StockTools } from "./StockList";

const StockScreen = (): ReactNode => {
  const { t } = useTranslation("stock");
  const [shape, setShape] = useSaved<"list" | "matrix">("stock.shape", "list");
  const [choice, setChoice] = useSaved<StockChoice>("stock.choice", defaultChoice);
  const [filter, setFilter] = useState("");
  const [view, setView] = useState<number | null>(null);
  const lot = useDetailRoute("/stock/lot", "/stock");
  const shapes = [
    { value: "list" as const, label: t("list") },
    { value: "matrix" as const, label: t("matrix") },
  ];
  return (
    <Screen
      title={t("title")}
      question={t("question")}
      acts={<StockActs view={shape === "list" ? view : null} />}
      tools={
        <>
          <Segmented options={shapes} value={shape} onChange={setShape} />
          {shape === "list" ? (
            <StockTools choice={choice} onChoice={setChoice} filter={filter} onFilter={setFilter} />
          ) : (
            <MatrixLegend />
          )}
        </>
      }
      detail={
        lot.id !== null && (
          <LotDetail
            key={lot.id}
            id={lot.id}
            wide={lot.wide}
            onWide={lot.setWide}
            onClose={lot.close}
          />
        )
      }
    >
      {shape === "list" ? (
        <StockGrid choice={choice} filter={filter} lot={lot.id} onLot={lot.open} onView={setView} />
      ) : (
        <StockMatrixGrid
          onSku={(code) => {
            setFilter(code);
            setShape("list");
          }}
        />
      )}
    </Screen>
  );
};

export default StockScreen;
