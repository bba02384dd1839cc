/** To whom an order goes, where its goods go, and by when; and the terms of its prices. */
import { Form, Input, Segmented, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OrderKindWord, PartnerKind } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { useCall } from "../../kit/query";
import { useWords } from "../../kit/words";
import { type Head, isRate, isTolerance } from "./draft";

/** Who is asked for what: suppliers may also be factories that make packaging. */
const PARTNERS: Record<OrderKindWord, readonly PartnerKind[]> = {
  production: ["factory"],
  purchase: ["packaging_supplier", "factory"],
};

type Props = { head: Head; onHead: (part: Partial<Head>) => void };

const PartnerSelect = (props: Props & { fixed: boolean; onPartner: (id: Id) => void }) => {
  const { t } = useTranslation("production");
  const { head } = props;
  const partners = useCall("partner.list", {}).data ?? [];
  const kinds = PARTNERS[head.kind];
  return (
    <Select
      autoFocus={head.factory === null}
      disabled={props.fixed}
      value={head.factory}
      notFoundContent={t(head.kind === "production" ? "noFactory" : "noSupplier")}
      options={partners
        .filter(({ id, fields }) => kinds.includes(fields.kind) || id === head.factory)
        .map(({ id, fields }) => ({ value: id, label: fields.name }))}
      onChange={props.onPartner}
    />
  );
};

/** For which order it is bought: it then goes straight to that order's factory. */
const ForOrder = ({ head, onHead }: Props): ReactNode => {
  const { t } = useTranslation("production");
  const orders = useCall("order.list", {}).data ?? [];
  const places = useCall("location.list", {}).data ?? [];
  const living = orders.filter(
    ({ id, kind, state }) =>
      kind === "production" && (state === "issued" || state === "accepted" || id === head.forOrder),
  );
  const choose = (id: Id | undefined): void => {
    const factory = living.find((row) => row.id === id)?.factory;
    const place = places.find(
      ({ fields }) => fields.kind === "factory" && fields.partner === factory,
    )?.id;
    onHead({ forOrder: id ?? null, ...(place === undefined ? {} : { deliverTo: place }) });
  };
  return (
    <Select
      allowClear
      placeholder={t("forOurselves")}
      value={head.forOrder}
      options={living.map((row) => ({
        value: row.id,
        label: `${row.number} ${row.factoryName} ${row.goods}`,
      }))}
      onChange={choose}
    />
  );
};

export const OrderHead = (
  props: Props & {
    /** Kind and partner stay once an order is issued. */
    fixed: boolean;
    onPartner: (id: Id) => void;
    onKind: (kind: OrderKindWord) => void;
  },
): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { head, fixed, onHead } = props;
  const places = useCall("location.list", {}).data ?? [];
  return (
    <Form layout="vertical" className="dense-form" component="div">
      <div className="form-row four">
        <Form.Item label={t("kind")}>
          <Segmented
            block
            disabled={fixed}
            value={head.kind}
            options={(["production", "purchase"] as const).map((value) => ({
              value,
              label: word("order_kind", value),
            }))}
            onChange={props.onKind}
          />
        </Form.Item>
        <Form.Item label={t(head.kind === "production" ? "factory" : "supplier")}>
          <PartnerSelect {...props} />
        </Form.Item>
        <Form.Item label={t("deliverTo")}>
          <Select
            value={head.deliverTo}
            options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
            onChange={(deliverTo) => onHead({ deliverTo })}
          />
        </Form.Item>
        <Form.Item label={t("wantedOn")}>
          <DayInput
            value={head.promisedOn}
            onChange={(promisedOn) => onHead({ promisedOn })}
            label={t("wantedOn")}
          />
        </Form.Item>
      </div>
      {head.kind === "purchase" && (
        <Form.Item label={t("forOrder")}>
          <ForOrder head={head} onHead={onHead} />
        </Form.Item>
      )}
      <Form.Item label={t("terms")}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          value={head.terms}
          onChange={(event) => onHead({ terms: event.target.value })}
        />
      </Form.Item>
    </Form>
  );
};

export const PriceTerms = ({ head, onHead }: Props): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const percent = (name: "taxRate" | "tolerance", isRight: (text: string) => boolean) => (
    <Input
      className="numeric-input figure"
      value={head[name]}
      status={isRight(head[name]) ? "" : "error"}
      onChange={(event) => onHead({ [name]: event.target.value })}
    />
  );
  return (
    <Form layout="vertical" className="dense-form" component="div">
      <div className="form-row five">
        <Form.Item label={t("taxRate")}>{percent("taxRate", isRate)}</Form.Item>
        <Form.Item label={t("price")}>
          <Segmented
            block
            value={head.priceIncludesTax ? "incl" : "excl"}
            options={[
              { value: "incl", label: t("taxIncluded") },
              { value: "excl", label: t("taxExcluded") },
            ]}
            onChange={(value) => onHead({ priceIncludesTax: value === "incl" })}
          />
        </Form.Item>
        <Form.Item label={t("tolerancePercent")}>{percent("tolerance", isTolerance)}</Form.Item>
        <Form.Item label={t("overIsFree")}>
          <Switch
            checked={head.overIsFree}
            onChange={(overIsFree) => onHead({ overIsFree })}
            aria-label={t("overIsFree")}
          />
        </Form.Item>
        {head.kind === "production" && (
          <Form.Item label={t("lossBase")}>
            <Select
              value={head.lossBase}
              options={(["good", "good_and_rejected"] as const).map((value) => ({
                value,
                label: word("loss_base", value),
              }))}
              onChange={(lossBase) => onHead({ lossBase })}
            />
          </Form.Item>
        )}
      </div>
    </Form>
  );
};
