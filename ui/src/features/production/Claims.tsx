/** What is claimed of the factory, what it cost us, and what became of it. */
import { Button, Form, Input, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClaimEndWord, Claims as ClaimsCard, Day, OrderCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { DayText, InlineLink, Money, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useNotices } from "../../kit/Notices";
import { useAct } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { AmountField } from "./AmountField";

const ENDS: ClaimEndWord[] = ["deducted", "paid", "dropped"];

type Decision = { end: ClaimEndWord; amount: string; decidedOn: Day | null; note: string };

export const ClaimForm = (props: {
  card: OrderCard;
  claims: ClaimsCard;
  currency: string;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const { status } = useSession();
  const [form] = Form.useForm<Decision>();
  const dropped = Form.useWatch("end", form) === "dropped";
  const { id, number } = props.card.row;
  const decide = useAct("order.claim", { quiet: true, said: () => t("saidClaim", { number }) });
  const initial: Decision = {
    end: "deducted",
    amount: props.claims.amount,
    decidedOn: status.today,
    note: "",
  };
  return (
    <RecordDialog<Decision>
      title={t("claimTitle", { number })}
      width={440}
      okText={t("claim")}
      form={form}
      initial={initial}
      busy={decide.busy}
      error={decide.error}
      onSave={async ({ amount, ...fields }) => {
        const done = await decide.run({ id, ...fields, amount: dropped ? null : amount });
        if (done) props.onClose();
      }}
      onClose={props.onClose}
    >
      <p className="quiet">{t("claimText")}</p>
      <Form.Item name="end" label={t("claimEnd")}>
        <Radio.Group options={ENDS.map((end) => ({ value: end, label: word("claim_end", end) }))} />
      </Form.Item>
      <div className="form-row two">
        {!dropped && <AmountField signed label={t("amount", { currency: props.currency })} />}
        <Form.Item name="decidedOn" label={t("claimOn")}>
          <DayInput label={t("claimOn")} />
        </Form.Item>
      </div>
      <Form.Item
        name="note"
        label={t(dropped ? "reason" : "payNote")}
        rules={dropped ? [{ required: true, whitespace: true, message: kit("required") }] : []}
      >
        <Input spellCheck={false} />
      </Form.Item>
    </RecordDialog>
  );
};

/** Nothing at all when there never was a claim. */
export const Claims = (props: {
  card: OrderCard;
  claims: ClaimsCard;
  currency: string;
  acts: boolean;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const notices = useNotices();
  const [deciding, setDeciding] = useState(false);
  const { card, claims, currency, acts } = props;
  if (claims.rows.length === 0) return null;
  return (
    <>
      <h4>{t("claims")}</h4>
      <ul className="track-list">
        {claims.rows.map((one) => (
          <li key={`${one.lotNo}-${one.sku}`}>
            <div className="track-line">
              <span>
                {one.code} <span className="quiet">{one.lotNo}</span>
              </span>
              <Money amount={one.amount} currency={currency} />
            </div>
            <div className="track-line quiet">
              <span>
                {t(one.inGoods ? "claimInGoods" : "claimLost")} <Qty value={one.units} zero="0" />
              </span>
              {one.open !== one.units && (
                <span className="figure">{t("claimOpen", { units: format.qty(one.open) })}</span>
              )}
            </div>
          </li>
        ))}
        {claims.decisions.map((one) => (
          <li key={one.entry}>
            <div className="track-line">
              <span>
                {word("claim_end", one.end)} <DayText day={one.day} />
              </span>
              <Money amount={one.amount} currency={currency} />
            </div>
            <div className="track-line quiet">
              <span>{one.note}</span>
              {acts && (
                <InlineLink onClick={() => notices.reverse(one.entry)}>{t("reverse")}</InlineLink>
              )}
            </div>
          </li>
        ))}
      </ul>
      {claims.open && acts && (
        <Button size="small" onClick={() => setDeciding(true)}>
          {t("claim")}
        </Button>
      )}
      {deciding && (
        <ClaimForm
          card={card}
          claims={claims}
          currency={currency}
          onClose={() => setDeciding(false)}
        />
      )}
    </>
  );
};
