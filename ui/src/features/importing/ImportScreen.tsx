/** From the user's spreadsheet to the journal: a file, its kind, its columns, a trial, and then. */
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { onFileDrag } from "../../host";
import { useKeys } from "../../kit/keys";
import { Screen } from "../../kit/Screen";
import { giveTable, isTable, useGivenTable } from "../../kit/tables";
import { Batches } from "./Batches";
import { StartPanel } from "./StartPanel";
import { Wizard } from "./Wizard";
import "../../kit/work.css";
import "./importing.css";

/** Files dragged over the window; the first table dropped is taken. */
const useDrag = (take: (path: string) => void): boolean => {
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      onFileDrag((drag) => {
        setOver(drag.over);
        const path = drag.dropped.find(isTable) ?? drag.dropped[0];
        if (path !== undefined) take(path);
      }),
    [take],
  );
  return over;
};

const ImportScreen = (): ReactNode => {
  const { t } = useTranslation("importing");
  const [, go] = useLocation();
  const [path, setPath] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const take = useCallback((next: string) => {
    setPath(next.trim());
    setRound((count) => count + 1);
  }, []);
  const over = useDrag(take);
  const given = useGivenTable();
  useEffect(() => {
    if (given === null) return;
    take(given);
    giveTable(null);
  }, [given, take]);
  const leave = (): void => setPath(null);
  useKeys(path === null ? {} : { Escape: leave });
  return (
    <Screen title={t("title")} question={t("question")}>
      {path === null ? (
        <div className="import-home">
          <StartPanel over={over} onPath={take} />
          <Batches />
        </div>
      ) : (
        <Wizard
          key={`${path} ${round}`}
          path={path}
          onLeave={leave}
          onSeen={(address) => go(address)}
        />
      )}
    </Screen>
  );
};

export default ImportScreen;
