/**
 * An order before it is issued, or its change afterwards: to whom, what, how much, at which price,
 * by when, and who pays what share when. The offer of the partner fills in what it says.
 */
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OfferFields, OrderCard, OrderMoney } from "../../contract";
import { Detail, Part } from "../../kit/Detail";
import { ErrorView } from "../../kit/ErrorView";
import { useKeys } from "../../kit/keys";
import { useAct, useCall } from "../../kit/query";
import { Schedule } from "../../kit/terms/Schedule";
import { type Draft, draftOf, type Head, type Line, saveOf, withOffer } from "./draft";
import { OrderHead, PriceTerms } from "./OrderHead";
import { OrderLines } from "./OrderLines";
import "../../kit/terms/terms.css";

/** The parts of the form that an offer fills in as well as hands do. */
const TERMS: readonly (keyof Head)[] = ["taxRate", "priceIncludesTax", "overIsFree", "lossBase"];

/** The draft with what was typed into its head. */
const typedHead = (draft: Draft, part: Partial<Head>): Draft => ({
  ...draft,
  head: { ...draft.head, ...part },
  terms: TERMS.some((name) => name in part) ? "typed" : draft.terms,
});

/** The draft and its changes; offers are looked for when the partner or goods are chosen. */
const useDraft = (card: OrderCard | null, money: OrderMoney | null) => {
  const [draft, setDraft] = useState(() => draftOf(card, money));
  const offers = useCall("offer.list", {}).data ?? [];
  const places = useCall("location.list", {}).data ?? [];
  const offerOf = (partner: Id | null, sku: Id | null): OfferFields | undefined =>
    offers.find((row) => row.current && row.fields.partner === partner && row.fields.sku === sku)
      ?.fields;
  // Until somebody chooses, the goods come to the first warehouse of ours.
  const home = places.find(({ fields }) => fields.kind === "own")?.id ?? null;
  const shown = { ...draft, head: { ...draft.head, deliverTo: draft.head.deliverTo ?? home } };
  const onPartner = (factory: Id): void => {
    const sku = draft.lines.find((line) => line.sku !== null)?.sku ?? null;
    setDraft(withOffer(typedHead(draft, { factory }), offerOf(factory, sku)));
  };
  return {
    draft: shown,
    onHead: (part: Partial<Head>) => setDraft((known) => typedHead(known, part)),
    onKind: (kind: Head["kind"]) =>
      setDraft((known) => typedHead(known, { kind, factory: null, forOrder: null })),
    onPartner,
    onLines: (lines: Line[]) => setDraft((known) => ({ ...known, lines })),
    onSku: (lines: Line[], sku: Id) =>
      setDraft(withOffer({ ...draft, lines }, offerOf(draft.head.factory, sku))),
    onSteps: (steps: Draft["steps"]) => setDraft((known) => ({ ...known, steps, terms: "typed" })),
  };
};

const Fields = (props: { form: ReturnType<typeof useDraft>; fixed: boolean }): ReactNode => {
  const { t } = useTranslation("production");
  const { form, fixed } = props;
  const { draft, onHead, onPartner, onKind } = form;
  const { head, lines, steps } = draft;
  return (
    <>
      <Part title={t("facts")}>
        <OrderHead
          head={head}
          fixed={fixed}
          onHead={onHead}
          onPartner={onPartner}
          onKind={onKind}
        />
      </Part>
      <Part title={t("lines")}>
        <OrderLines
          lines={lines}
          partner={head.factory}
          priceIncludesTax={head.priceIncludesTax}
          onLines={form.onLines}
          onSku={form.onSku}
        />
      </Part>
      <Part
        title={t("priceTerms")}
        acts={draft.terms === "offer" && <span className="quiet">{t("termsOfOffer")}</span>}
      >
        <PriceTerms head={head} onHead={onHead} />
      </Part>
      <Part title={t("schedule")}>
        <div className="order-schedule">
          <Schedule steps={steps} onSteps={form.onSteps} />
        </div>
      </Part>
    </>
  );
};

export const OrderEditor = (props: {
  /** The draft to change, or the issued order to amend; null makes a new one. */
  card: OrderCard | null;
  money: OrderMoney | null;
  onSaved: (id: Id) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const kit = useTranslation("kit").t;
  const { card } = props;
  const amends = card !== null && card.row.state !== "draft";
  const form = useDraft(card, props.money);
  const [reason, setReason] = useState("");
  const save = useAct("order.save", { quiet: true });
  const number = card?.row.number ?? "";
  const amend = useAct("order.amend", { quiet: true, said: () => t("saidAmended", { number }) });
  const order = saveOf(card?.row.id ?? null, form.draft);
  const ready = order !== null && (!amends || reason.trim() !== "");
  const act = amends ? amend : save;
  const submit = async (): Promise<void> => {
    if (order === null || !ready) return;
    if (!amends) {
      const done = await save.run(order);
      if (done) props.onSaved(done.id);
    } else if (await amend.run({ order, reason: reason.trim() })) props.onSaved(card.row.id);
  };
  useKeys({ "Mod+Enter": () => void submit() });
  return (
    <Detail
      wide
      title={amends ? t("amendTitle", { number }) : t(card ? "editTitle" : "addTitle", { number })}
      subtitle={amends ? t("amendText", { revision: (card?.revision ?? 0) + 1 }) : t("addText")}
      onClose={props.onClose}
    >
      <Fields form={form} fixed={amends} />
      {amends && (
        <Part title={t("amendReason")}>
          <Input
            className="amend-reason"
            value={reason}
            aria-label={t("amendReason")}
            onChange={(event) => setReason(event.target.value)}
          />
        </Part>
      )}
      {act.error && <ErrorView error={act.error} />}
      <div className="order-foot">
        <Button onClick={props.onClose}>{kit("cancel")}</Button>
        <Button
          type="primary"
          title="Ctrl+Enter"
          disabled={!ready}
          loading={act.busy}
          onClick={() => void submit()}
        >
          {t(amends ? "amend" : "saveDraft")}
        </Button>
      </div>
    </Detail>
  );
};
