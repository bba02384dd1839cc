/** One box for everything: screens, commands, and what the core finds by name, code or initials. */
import { Input } from "antd";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../kit/Dialog";
import { isComposing } from "../kit/keys";
import { addressOf, useGo } from "../kit/links";
import { useAct, useCall } from "../kit/query";
import { useDenial, useSession } from "../kit/session";
import { useWords } from "../kit/words";
import { screensFor } from "./screens";

type Choice = {
  key: string;
  group: "paletteGo" | "paletteCommands" | "paletteFound";
  title: string;
  hint: string;
  act: () => void;
};

/** Whether each word typed occurs in the text. */
export const matches = (text: string, typed: string): boolean => {
  const where = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
};

const useCommands = (): Choice[] => {
  const { t } = useTranslation("app");
  const go = useGo();
  const sync = useAct("sync.run");
  const backup = useAct("backup.make", { said: () => t("makeBackup") });
  const [order, transfer] = [useDenial("order.save"), useDenial("transfer.save")];
  const commands = [
    { key: "new-order", denied: order, title: t("newOrder"), act: () => go("/production/new") },
    {
      key: "new-transfer",
      denied: transfer,
      title: t("newTransfer"),
      act: () => go("/transfers/new"),
    },
    {
      key: "sync",
      denied: sync.denied,
      title: t("runSync"),
      act: () => void sync.run({ shop: null }),
    },
    { key: "verify", denied: null, title: t("runVerify"), act: () => go("/settings/safety") },
    {
      key: "backup",
      denied: backup.denied,
      title: t("makeBackup"),
      act: () => void backup.run({}),
    },
  ];
  return commands
    .filter(({ denied }) => denied === null)
    .map(({ key, title, act }) => ({ key, title, act, group: "paletteCommands", hint: "" }));
};

const useChoices = (typed: string): Choice[] => {
  const { t } = useTranslation("app");
  const { word, name } = useWords();
  const go = useGo();
  const { seesMoney } = useSession();
  const commands = useCommands();
  const text = useDeferredValue(typed.trim());
  const found = useCall("search.find", { text }, { enabled: text.length > 0 });
  const goTo = screensFor(seesMoney).map(
    (screen): Choice => ({
      key: `go-${screen.name}`,
      group: "paletteGo",
      title: t(screen.name),
      hint: `g ${screen.letter}`,
      act: () => go(screen.path),
    }),
  );
  const data = (text.length > 0 ? (found.data ?? []) : []).flatMap((item): Choice[] => {
    const address = addressOf(item.kind, item.id);
    if (address === null) return [];
    return [
      {
        key: `${item.kind}-${item.id}`,
        group: "paletteFound",
        title: item.name === null ? item.title : `${item.title} ${name(item.name)}`,
        hint: `${item.subtitle} · ${word("found", item.kind)}`,
        act: () => go(address),
      },
    ];
  });
  const own = [...goTo, ...commands].filter(
    (c) => text === "" || matches(`${c.title} ${c.key}`, text),
  );
  return [...data, ...own];
};

const ChoiceList = (props: {
  choices: Choice[];
  at: number;
  onPick: (choice: Choice) => void;
}): ReactNode => {
  const { t } = useTranslation("app");
  if (props.choices.length === 0) return <div className="palette-none">{t("paletteNothing")}</div>;
  return (
    <div className="palette-list" role="listbox">
      {props.choices.map((choice, at) => (
        <div key={choice.key}>
          {choice.group !== props.choices[at - 1]?.group && (
            <div className="palette-group">{t(choice.group)}</div>
          )}
          <button
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={at === props.at}
            className={at === props.at ? "palette-row chosen" : "palette-row"}
            ref={(row) => {
              if (at === props.at) row?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => props.onPick(choice)}
          >
            <span>{choice.title}</span>
            <span className="quiet">{choice.hint}</span>
          </button>
        </div>
      ))}
    </div>
  );
};

export const Palette = (props: { onClose: () => void }): ReactNode => {
  const { t } = useTranslation("app");
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(typed);
  const place = useMemo(() => Math.min(at, Math.max(0, choices.length - 1)), [at, choices.length]);

  const pick = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    props.onClose();
    choice.act();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "ArrowDown") setAt(Math.min(place + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(place - 1, 0));
    else if (event.key === "Enter") pick(choices[place]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog footer={null} closable={false} width={560} className="palette" onCancel={props.onClose}>
      <Input
        autoFocus
        variant="borderless"
        value={typed}
        placeholder={t("palettePlaceholder")}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ChoiceList choices={choices} at={place} onPick={pick} />
    </Dialog>
  );
};
