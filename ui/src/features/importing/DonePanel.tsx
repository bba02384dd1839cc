/** The import is done: what it did, where to see it, and the way back. */
import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Imported, ImportKind } from "../../contract";
import * as format from "../../kit/format";
import { useWords } from "../../kit/words";
import { TakeBack } from "./Batches";

/** Where the imported facts are seen. */
const SEEN: Record<ImportKind, string> = {
  goods: "/goods",
  aliases: "/goods",
  partners: "/settings/partners",
  locations: "/settings/places",
  opening: "/stock",
  sales: "/plan",
  prices: "/channels/prices",
};

export const DonePanel = (props: {
  fileName: string;
  imported: Imported;
  onAgain: () => void;
  onSeen: (address: string) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { message, word } = useWords();
  const [taking, setTaking] = useState(false);
  const { imported, fileName } = props;
  const { report } = imported;
  return (
    <div className="import-done">
      <h2>
        <CheckCircleFilled className="tone-green" />{" "}
        {t("doneTitle", { kind: word("import_kind", report.kind), rows: format.qty(report.rows) })}
      </h2>
      <p className="quiet">{t("doneEntries", { count: imported.entries })}</p>
      <ul className="effect-list">
        {report.effects.map((effect) => (
          <li key={`${effect.code} ${JSON.stringify(effect.args)}`}>{message(effect)}</li>
        ))}
      </ul>
      <div className="done-acts">
        <Button type="primary" autoFocus onClick={() => props.onSeen(SEEN[report.kind])}>
          {t("see")}
        </Button>
        <Button onClick={props.onAgain}>{t("another")}</Button>
        <Button danger type="text" onClick={() => setTaking(true)}>
          {t("takeBackAct")}
        </Button>
      </div>
      {taking && (
        <TakeBack
          batch={{ id: imported.batch, fileName }}
          onClose={(done) => {
            setTaking(false);
            if (done) props.onAgain();
          }}
        />
      )}
    </div>
  );
};
