/** A price and the lowest that may be asked, changed where they stand. */
import { Input } from "antd";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelPriceRow, Day, Id } from "../../contract";
import * as format from "../../kit/format";
import { isComposing } from "../../kit/keys";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import type { PriceAt } from "./prices";
import { isAmount } from "./trial";

type Typed = { price: string; floor: string };

const typedOf = (price: ChannelPriceRow | null): Typed => ({
  price: price?.price ?? "",
  floor: price?.floorPrice ?? "",
});

const Editor = (props: {
  label: string;
  first: Typed;
  onSave: (typed: Typed) => void;
  onLeave: () => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const [typed, setTyped] = useState(props.first);
  const floorWrong = typed.floor !== "" && !isAmount(typed.floor);
  const wrong = !isAmount(typed.price) || floorWrong;
  const same = typed.price === props.first.price && typed.floor === props.first.floor;
  const end = (): void => {
    if (same || wrong) props.onLeave();
    else props.onSave(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && !wrong) end();
    else if (event.key === "Escape") props.onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) end();
  };
  const field = (name: keyof Typed, label: string, bad: boolean): ReactNode => (
    <Input
      size="small"
      className="figure"
      inputMode="decimal"
      autoFocus={name === "price"}
      value={typed[name]}
      aria-label={`${props.label} ${label}`}
      placeholder={label}
      {...(bad && typed[name] !== "" ? { status: "error" as const } : {})}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value.trim() })}
      onFocus={(event) => event.target.select()}
    />
  );
  return (
    <fieldset className="price-editor" onKeyDown={onKeyDown} onBlur={onBlur}>
      {field("price", t("price"), !isAmount(typed.price))}
      {field("floor", t("floor"), floorWrong)}
    </fieldset>
  );
};

const Shown = (props: { at: PriceAt | null }): ReactNode => {
  const { now, next, fault } = props.at ?? { now: null, next: null, fault: null };
  if (now?.price == null)
    return <span className="quiet">{next === null ? "–" : `→ ${next.from}`}</span>;
  return (
    <span className={fault === null ? "figure" : "figure tone-red"}>
      {fault !== null && "! "}
      {format.price(now.price)}
      <span className="price-floor">
        {now.floor === null ? "" : ` / ${format.price(now.floor)}`}
      </span>
    </span>
  );
};

export const PriceCell = (props: {
  sku: Id;
  channel: Id;
  /** Goods and channel, for those who do not see where the cell stands. */
  label: string;
  day: Day;
  at: PriceAt | null;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { may } = useSession();
  const save = useAct("price.save");
  const [editing, setEditing] = useState(false);
  const now = props.at?.now ?? null;
  const fault = props.at?.fault ?? null;
  const keep = (typed: Typed): void => {
    setEditing(false);
    void save.run({
      id: now?.id ?? null,
      channel: props.channel,
      sku: props.sku,
      price: typed.price,
      floorPrice: typed.floor === "" ? null : typed.floor,
      from: now?.from ?? props.day,
      to: now?.to ?? null,
      source: now?.source ?? "",
      belowCost: now?.belowCost ?? null,
    });
  };
  if (editing)
    return (
      <Editor
        label={props.label}
        first={typedOf(now)}
        onSave={keep}
        onLeave={() => setEditing(false)}
      />
    );
  const days = now === null ? "" : `${now.from} – ${now.to ?? t("openEnd")}`;
  return (
    <button
      type="button"
      className={`price-cell${fault === null ? "" : " price-fault"}`}
      disabled={!may("settings") || save.busy}
      aria-label={props.label}
      title={fault === null ? days : `${t(fault)} · ${days}`}
      onClick={(event) => {
        event.stopPropagation();
        setEditing(true);
      }}
    >
      <Shown at={props.at} />
    </button>
  );
};
