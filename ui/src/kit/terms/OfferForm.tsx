/** What a supplier offers for some goods: tiers, quantities, lead time, payments, loss. */
import { Button, Form, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OfferRow } from "../../contract";
import { Attachments } from "../Attachments";
import { DayInput } from "../DayInput";
import { Part } from "../Detail";
import { ActDialog } from "../LineDialog";
import { CountInput, FigureInput } from "../NumberInputs";
import { useAct, useCall } from "../query";
import { SkuPicker } from "../SkuPicker";
import { useSession } from "../session";
import { useWords } from "../words";
import { ppmOf } from "./check";
import { draftOf, newOffer, type OfferDraft, offerOf } from "./offer";
import { Schedule } from "./Schedule";
import { Tiers } from "./Tiers";
import "./terms.css";

type DraftProps = { draft: OfferDraft; onDraft: (part: Partial<OfferDraft>) => void };

/** Partners that make or supply something. */
const MAKERS = ["factory", "packaging_supplier"];

const WhoseFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("terms");
  const partners = useCall("partner.list", {}).data ?? [];
  const makers = partners.filter(({ fields }) => MAKERS.includes(fields.kind));
  return (
    <div className="form-row four">
      <Form.Item label={t("partner")}>
        <Select
          value={draft.partner}
          options={makers.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onChange={(partner) => onDraft({ partner })}
        />
      </Form.Item>
      <Form.Item label={t("goods")}>
        <SkuPicker
          value={draft.sku}
          label={t("goods")}
          onChange={({ id }) => onDraft({ sku: id })}
        />
      </Form.Item>
      <Form.Item label={t("from")}>
        <DayInput value={draft.from} label={t("from")} onChange={(from) => onDraft({ from })} />
      </Form.Item>
      <Form.Item
        label={t("to")}
        validateStatus={draft.to && draft.from && draft.to < draft.from ? "error" : ""}
      >
        <DayInput value={draft.to} label={t("to")} onChange={(to) => onDraft({ to })} />
      </Form.Item>
    </div>
  );
};

const QuantityFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("terms");
  const { leadDaysMean, leadDaysP90 } = draft;
  const early = leadDaysMean !== null && leadDaysP90 !== null && leadDaysP90 < leadDaysMean;
  const number = (
    name: "moq" | "multiple" | "leadDaysMean" | "leadDaysP90",
    label: string,
    wrong?: string,
  ): ReactNode => (
    <Form.Item label={label} {...(wrong ? { validateStatus: "error" as const, help: wrong } : {})}>
      <CountInput
        min={name === "moq" || name === "multiple" ? 1 : 0}
        value={draft[name]}
        label={label}
        onChange={(value) => onDraft({ [name]: value })}
      />
    </Form.Item>
  );
  return (
    <div className="form-row four">
      {number("moq", t("moq"))}
      {number("multiple", t("multiple"))}
      {number("leadDaysMean", t("leadMean"))}
      {number("leadDaysP90", t("leadP90"), early ? t("leadOrder") : undefined)}
    </div>
  );
};

const RuleFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("terms");
  const { word } = useWords();
  const yesNo = (yes: string, no: string) => [
    { value: true, label: yes },
    { value: false, label: no },
  ];
  const bases = (["good", "good_and_rejected"] as const).map((value) => ({
    value,
    label: word("loss_base", value),
  }));
  const wrong = ppmOf(draft.taxPercent) === null;
  return (
    <div className="form-row four">
      <Form.Item label={t("priceTax")}>
        <Select
          value={draft.priceIncludesTax}
          options={yesNo(t("taxIncluded"), t("taxExcluded"))}
          onChange={(priceIncludesTax) => onDraft({ priceIncludesTax })}
        />
      </Form.Item>
      <Form.Item
        label={t("taxRate")}
        {...(wrong ? { validateStatus: "error" as const, help: t("rateForm") } : {})}
      >
        <FigureInput
          value={draft.taxPercent}
          label={t("taxRate")}
          onChange={(taxPercent) => onDraft({ taxPercent })}
        />
      </Form.Item>
      <Form.Item label={t("lossBase")}>
        <Select
          value={draft.lossBase}
          options={bases}
          onChange={(lossBase) => onDraft({ lossBase })}
        />
      </Form.Item>
      <Form.Item label={t("overPaid")}>
        <Select
          value={draft.overReceiptPaid}
          options={yesNo(t("paid"), t("notPaid"))}
          onChange={(overReceiptPaid) => onDraft({ overReceiptPaid })}
        />
      </Form.Item>
    </div>
  );
};

export const OfferForm = (props: {
  /** The offer to change; null makes a new one. */
  offer: OfferRow | null;
  prices: readonly string[];
  sku: Id | null;
  title: string;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const { status } = useSession();
  const { offer } = props;
  const save = useAct("offer.save", { quiet: true });
  const [id, setId] = useState(offer?.id ?? null);
  const [draft, setDraft] = useState<OfferDraft>(() =>
    offer ? draftOf(offer, props.prices) : newOffer(status.today, props.sku),
  );
  const onDraft = (part: Partial<OfferDraft>): void => setDraft({ ...draft, ...part });
  return (
    <ActDialog
      width={820}
      title={id === null ? t("addOffer") : props.title}
      act={save}
      input={offerOf(id, draft)}
      onClose={props.onClose}
    >
      <Form layout="vertical" className="dense-form" component="div">
        <WhoseFields draft={draft} onDraft={onDraft} />
        <QuantityFields draft={draft} onDraft={onDraft} />
        <RuleFields draft={draft} onDraft={onDraft} />
      </Form>
      <Part title={t("tiers")}>
        <Tiers tiers={draft.tiers} moq={draft.moq} onTiers={(tiers) => onDraft({ tiers })} />
      </Part>
      <Part title={t("schedule")}>
        <Schedule steps={draft.steps} onSteps={(steps) => onDraft({ steps })} />
      </Part>
      {id !== null && (
        <>
          <Attachments kind="offer" id={id} />
          <Button
            size="small"
            onClick={() => {
              setId(null);
              onDraft({ from: status.today, to: null });
            }}
          >
            {t("copyOffer")}
          </Button>
        </>
      )}
    </ActDialog>
  );
};
