/** An order before it is issued: to which factory, what, how much, at which price, by when. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, OrderCard, OrderMoney, SkuPrice } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Detail, Part } from "../../kit/Detail";
import { times } from "../../kit/decimal";
import { ErrorView } from "../../kit/ErrorView";
import { Money } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useKeys } from "../../kit/keys";
import { useAct, useCall, useMoney } from "../../kit/query";
import { SkuPicker } from "../../kit/SkuPicker";
import { useSession } from "../../kit/session";
import { isPrice, sum } from "./amounts";

type Line = { key: number; sku: Id | null; qty: number | null; price: string };

type Head = {
  factory: Id | null;
  deliverTo: Id | null;
  promisedOn: Day | null;
  /** In percent, as people say it. */
  tolerance: number;
  terms: string;
};

const PPM_OF_PERCENT = 10_000;

const headOf = (card: OrderCard | null): Head => ({
  factory: card?.row.factory ?? null,
  deliverTo: card?.deliverTo ?? null,
  promisedOn: card?.row.promisedOn ?? null,
  tolerance: (card?.overTolerancePpm ?? 0) / PPM_OF_PERCENT,
  terms: card?.terms ?? "",
});

const linesOf = (card: OrderCard | null, money: OrderMoney | null): Line[] =>
  card === null
    ? [{ key: 0, sku: null, qty: null, price: "" }]
    : card.lines.map(({ sku, qty }, key) => ({
        key,
        sku,
        qty,
        price: money?.unitPrices[key] ?? "",
      }));

const isEmpty = (line: Line): boolean =>
  line.sku === null && line.qty === null && line.price === "";

const isWhole = (line: Line): boolean =>
  line.sku !== null && line.qty !== null && line.qty > 0 && isPrice(line.price);

const amountOf = (line: Line): string | null =>
  isWhole(line) ? times(line.price, line.qty ?? 0) : null;

const HeadFields = (props: { head: Head; onHead: (head: Head) => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { head, onHead } = props;
  const partners = useCall("partner.list", {}).data ?? [];
  const places = useCall("location.list", {}).data ?? [];
  const factories = partners.filter(({ fields }) => fields.kind === "factory");
  return (
    <Form layout="vertical" className="dense-form" component="div">
      <div className="form-row four">
        <Form.Item label={t("factory")}>
          <Select
            autoFocus={head.factory === null}
            value={head.factory}
            notFoundContent={t("noFactory")}
            options={factories.map(({ id, fields }) => ({ value: id, label: fields.name }))}
            onChange={(factory) => onHead({ ...head, factory })}
          />
        </Form.Item>
        <Form.Item label={t("deliverTo")}>
          <Select
            value={head.deliverTo}
            options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
            onChange={(deliverTo) => onHead({ ...head, deliverTo })}
          />
        </Form.Item>
        <Form.Item label={t("wantedOn")}>
          <DayInput
            value={head.promisedOn}
            onChange={(promisedOn) => onHead({ ...head, promisedOn })}
            label={t("wantedOn")}
          />
        </Form.Item>
        <Form.Item label={t("tolerancePercent")}>
          <InputNumber
            className="fill"
            controls={false}
            min={0}
            max={100}
            precision={2}
            value={head.tolerance}
            onChange={(tolerance) => onHead({ ...head, tolerance: tolerance ?? 0 })}
          />
        </Form.Item>
      </div>
      <Form.Item label={t("terms")}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          value={head.terms}
          onChange={(event) => onHead({ ...head, terms: event.target.value })}
        />
      </Form.Item>
    </Form>
  );
};

const LineRow = (props: {
  line: Line;
  priceOf: (sku: Id) => string;
  onChange: (part: Partial<Line>) => void;
  onRemove: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const kit = useTranslation("kit").t;
  const { line, onChange } = props;
  return (
    <tr>
      <td>
        <SkuPicker
          value={line.sku}
          label={t("goods")}
          onChange={({ id }) =>
            onChange({ sku: id, price: line.price === "" ? props.priceOf(id) : line.price })
          }
        />
      </td>
      <td>
        <InputNumber
          controls={false}
          min={1}
          precision={0}
          value={line.qty}
          aria-label={t("qty")}
          onChange={(qty) => onChange({ qty })}
        />
      </td>
      <td>
        <Input
          className="numeric-input figure"
          value={line.price}
          status={line.price !== "" && !isPrice(line.price) ? "error" : ""}
          aria-label={t("price")}
          onChange={(event) => onChange({ price: event.target.value.trim() })}
        />
      </td>
      <td className="numeric">
        <Money amount={amountOf(line)} />
      </td>
      <td className="numeric">
        <Button
          type="text"
          size="small"
          aria-label={kit("remove")}
          icon={<DeleteOutlined />}
          onClick={props.onRemove}
        />
      </td>
    </tr>
  );
};

const LineTable = (props: { lines: Line[]; onLines: (lines: Line[]) => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { currency } = useSession();
  const prices = useMoney("sku.prices", {}).data;
  const { lines, onLines } = props;
  const priceOf = (sku: Id): string =>
    prices?.find((price: SkuPrice) => price.sku === sku)?.unitCost ?? "";
  const add = (): void =>
    onLines([
      ...lines,
      { key: 1 + Math.max(-1, ...lines.map(({ key }) => key)), sku: null, qty: null, price: "" },
    ]);
  const change = (key: number, part: Partial<Line>): void =>
    onLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  return (
    <table className="line-table order-lines">
      <thead>
        <tr>
          <th>{t("goods")}</th>
          <th className="numeric">{t("qty")}</th>
          <th className="numeric">{t("unitPrice", { currency })}</th>
          <th className="numeric">{t("amount", { currency })}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <LineRow
            key={line.key}
            line={line}
            priceOf={priceOf}
            onChange={(part) => change(line.key, part)}
            onRemove={() => onLines(lines.filter(({ key }) => key !== line.key))}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>
            <Button size="small" icon={<PlusOutlined />} onClick={add}>
              {t("addLine")}
            </Button>
          </td>
          <td className="numeric figure">
            {format.qty(lines.reduce((total, { qty }) => total + (qty ?? 0), 0))}
          </td>
          <td />
          <td className="numeric">
            <Money amount={sum(lines.flatMap((line) => amountOf(line) ?? []))} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
};

export const OrderEditor = (props: {
  /** The draft to change; null makes a new one. */
  card: OrderCard | null;
  money: OrderMoney | null;
  onSaved: (id: Id) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const kit = useTranslation("kit").t;
  const { card } = props;
  const [head, setHead] = useState(() => headOf(card));
  const [lines, setLines] = useState(() => linesOf(card, props.money));
  const save = useAct("order.save", { quiet: true });
  const filled = lines.filter((line) => !isEmpty(line));
  const { factory, deliverTo, promisedOn, terms } = head;
  const ready =
    factory !== null && deliverTo !== null && filled.length > 0 && filled.every(isWhole);
  const submit = async (): Promise<void> => {
    if (factory === null || deliverTo === null) return;
    const done = await save.run({
      id: card?.row.id ?? null,
      factory,
      deliverTo,
      promisedOn,
      terms: terms.trim(),
      overTolerancePpm: Math.round(head.tolerance * PPM_OF_PERCENT),
      lines: filled.flatMap(({ sku, qty }) => (sku && qty ? [{ sku, qty }] : [])),
      unitPrices: filled.map(({ price }) => price),
    });
    if (done) props.onSaved(done.id);
  };
  useKeys({ "Mod+Enter": () => ready && void submit() });
  return (
    <Detail
      wide
      title={card ? t("editTitle", { number: card.row.number }) : t("addTitle")}
      subtitle={t("addText")}
      onClose={props.onClose}
    >
      <Part title={t("facts")}>
        <HeadFields head={head} onHead={setHead} />
      </Part>
      <Part title={t("lines")}>
        <LineTable lines={lines} onLines={setLines} />
      </Part>
      {save.error && <ErrorView error={save.error} />}
      <div className="order-foot">
        <Button onClick={props.onClose}>{kit("cancel")}</Button>
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
    </Detail>
  );
};
