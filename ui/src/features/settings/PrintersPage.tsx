/** Which printer takes which paper. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Facts, Part } from "../../kit/Detail";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";

export const PrintersPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const printers = useCall("paper.printers", {});
  return (
    <Answer query={printers} rows={4}>
      {(data) => (
        <>
          <Facts
            facts={[
              [t("paperA4"), data.remembered.a4 ?? t("noPrinter")],
              [t("paperLabel"), data.remembered.label_100x150 ?? t("noPrinter")],
              [t("paperLotLabel"), data.remembered.label_100x70 ?? t("noPrinter")],
            ]}
          />
          <p className="quiet">{t("printerHint")}</p>
          <Part title={t("knownPrinters")}>
            {data.printers.length === 0 ? t("noPrinters") : data.printers.join(", ")}
          </Part>
        </>
      )}
    </Answer>
  );
};
