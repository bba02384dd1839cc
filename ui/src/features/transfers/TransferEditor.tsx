/** A transfer made by hand: from where, to where, and how much of which lot. */
import { Button, Form, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, PlaceRow, TransferCard } from "../../contract";
import { Detail, Part } from "../../kit/Detail";
import { ErrorView } from "../../kit/ErrorView";
import { FilterBox } from "../../kit/FilterBox";
import * as format from "../../kit/format";
import { useKeys } from "../../kit/keys";
import { useAct, useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { type FreeLot, useFreeLots } from "./free";
import { type Chosen, LotTable } from "./LotTable";

type Head = { from: Id | null; to: Id | null; note: string };

/** A draft's lines as choices; its own lots stay choosable although they may be promised. */
const chosenOf = (card: TransferCard | null): Map<Id, Chosen> =>
  new Map(
    (card?.lines ?? []).map((line) => {
      const { sku, skuCode, skuName, lot, lotNo, expiresOn, qty } = line;
      const known = { sku, skuCode, skuName, lot, lotNo, expiresOn };
      return [lot, { ...known, daysLeft: null, sharePpm: null, free: qty, qty }];
    }),
  );

/** The lots to choose from: what is free, and what is chosen and filtered away. */
export const offered = (free: FreeLot[], chosen: Map<Id, Chosen>): FreeLot[] => {
  const ids = new Set(free.map(({ lot }) => lot));
  return [...[...chosen.values()].filter(({ lot, qty }) => qty > 0 && !ids.has(lot)), ...free];
};

const HeadFields = (props: {
  places: PlaceRow[];
  head: Head;
  onHead: (head: Head) => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const { places, head, onHead } = props;
  const options = places.map(({ id, fields }) => ({
    value: id,
    label: `${fields.code} ${fields.name}`,
  }));
  return (
    <Form layout="vertical" className="dense-form" component="div">
      <div className="form-row three">
        <Form.Item label={t("from")}>
          <Select
            autoFocus={head.from === null}
            value={head.from}
            options={options.filter(({ value }) => value !== head.to)}
            onChange={(from) => onHead({ ...head, from })}
          />
        </Form.Item>
        <Form.Item label={t("to")}>
          <Select
            value={head.to}
            options={options.filter(({ value }) => value !== head.from)}
            onChange={(to) => onHead({ ...head, to })}
          />
        </Form.Item>
        <Form.Item label={t("note")}>
          <Input
            value={head.note}
            onChange={(event) => onHead({ ...head, note: event.target.value })}
          />
        </Form.Item>
      </div>
    </Form>
  );
};

/** The single own place is where transfers start, unless told otherwise. */
const usualFrom = (places: PlaceRow[]): Id | null => {
  const own = places.filter(({ fields }) => fields.kind === "own");
  return own.length === 1 ? (own[0]?.id ?? null) : null;
};

const EditorForm = (props: {
  places: PlaceRow[];
  card: TransferCard | null;
  onSaved: (id: Id) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const { card, places } = props;
  const [head, setHead] = useState<Head>(() => ({
    from: card?.row.from ?? usualFrom(places),
    to: card?.row.to ?? null,
    note: card?.note ?? "",
  }));
  const [chosen, setChosen] = useState(() => chosenOf(card));
  const [filter, setFilter] = useState("");
  const lots = useFreeLots(head.from, filter.trim());
  const save = useAct("transfer.save", { quiet: true });
  const lines = [...chosen.values()].filter(({ qty }) => qty > 0);
  const units = lines.reduce((sum, { qty }) => sum + qty, 0);
  const ready = head.from !== null && head.to !== null && lines.length > 0;
  const submit = async (): Promise<void> => {
    if (head.from === null || head.to === null) return;
    const parts = lines.map(({ sku, lot, qty }) => ({ sku, lot, qty }));
    const { from, to, note } = head;
    const done = await save.run({ id: card?.row.id ?? null, from, to, note, lines: parts });
    if (done) props.onSaved(done.id);
  };
  useKeys({ "Mod+Enter": () => ready && void submit() });
  const changeHead = (next: Head): void => {
    // Lots of another place are not there.
    if (next.from !== head.from) setChosen(new Map());
    setHead(next);
  };
  return (
    <>
      <Part title={t("facts")}>
        <HeadFields places={places} head={head} onHead={changeHead} />
      </Part>
      <Part title={t("lots")} acts={<FilterBox value={filter} onChange={setFilter} />}>
        {head.from === null ? (
          <p className="quiet">{t("fromFirst")}</p>
        ) : (
          <Answer query={lots} rows={6}>
            {(data) => (
              <LotTable
                lots={offered(data.lots, chosen)}
                more={data.more}
                chosen={chosen}
                onChosen={setChosen}
              />
            )}
          </Answer>
        )}
      </Part>
      {save.error && <ErrorView error={save.error} />}
      <div className="editor-foot">
        <span className="figure">
          {t("chosen", { count: lines.length, units: format.qty(units) })}
        </span>
        <Button onClick={props.onClose}>{t("leave")}</Button>
        <Button
          type="primary"
          title="Ctrl+Enter"
          disabled={!ready}
          loading={save.busy}
          onClick={() => void submit()}
        >
          {t("saveDraft")}
        </Button>
      </div>
    </>
  );
};

export const TransferEditor = (props: {
  /** The draft to change; null makes a new one. */
  card: TransferCard | null;
  onSaved: (id: Id) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const places = useCall("location.list", {});
  return (
    <Detail
      wide
      title={props.card ? t("editTitle", { number: props.card.row.number }) : t("addTitle")}
      subtitle={t("addText")}
      onClose={props.onClose}
    >
      <Answer query={places} rows={6}>
        {(data) => <EditorForm places={data} {...props} />}
      </Answer>
    </Detail>
  );
};
