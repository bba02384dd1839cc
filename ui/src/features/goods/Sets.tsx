/** A set: how many the parts at a place make, putting it together and taking it apart. */
import { Button, Form, Input, InputNumber, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, SetParts, SkuCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Part } from "../../kit/Detail";
import { InlineLink, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useAct, useCall } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { enoughFor, missingFor, scarcest, takenApart } from "./parts";
import "../../kit/work.css";

const PartsTable = (props: { parts: SetParts; wanted: number }): ReactNode => {
  const { t } = useTranslation("goods");
  const { name } = useWords();
  const go = useGo();
  const { parts } = props.parts;
  const scarce = scarcest(parts);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("part")}</th>
          <th className="numeric">{t("perSet")}</th>
          <th className="numeric">{t("available")}</th>
          <th className="numeric">{t("enoughFor")}</th>
          {props.wanted > 0 && <th className="numeric">{t("missing")}</th>}
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.sku}>
            <td>
              <InlineLink onClick={() => go(`/goods/${part.sku}`)}>{part.code}</InlineLink>{" "}
              <span className="quiet">{name(part.name)}</span>
            </td>
            <td className="numeric">
              <Qty value={part.perSet} />
            </td>
            <td className="numeric">
              <Qty value={part.available} zero="0" />
            </td>
            <td className="numeric">
              <Qty
                value={enoughFor(part)}
                zero="0"
                {...(scarce.has(part.sku) ? { tone: "amber" as const } : {})}
              />
            </td>
            {props.wanted > 0 && (
              <td className="numeric">
                <Qty value={missingFor(part, props.wanted)} tone="red" />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** How many sets, and on which day. */
const HowManyWhen = (): ReactNode => {
  const { t } = useTranslation("goods");
  return (
    <>
      <Form.Item
        name="qty"
        label={t("sets")}
        rules={[{ required: true, type: "integer", min: 1, message: t("wholeUnits") }]}
      >
        <InputNumber controls={false} className="fill" />
      </Form.Item>
      <Form.Item name="day" label={t("day")}>
        <DayInput label={t("day")} />
      </Form.Item>
    </>
  );
};

type Assembly = { lotNo: string; qty: number; day: string | null };

const AssembleForm = (props: {
  sku: Id;
  place: Id;
  parts: SetParts;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("goods");
  const kit = useTranslation("kit").t;
  const { status } = useSession();
  const [form] = Form.useForm<Assembly>();
  const assemble = useAct("set.assemble", { quiet: true });
  const wanted = Form.useWatch<number | null>("qty", form);
  const { sku, place, parts } = props;
  const submit = async (fields: Assembly): Promise<void> => {
    const done = await assemble.run({ ...fields, lotNo: fields.lotNo.trim(), sku, place });
    if (done) props.onClose();
  };
  return (
    <RecordDialog
      width={560}
      title={t("assembleTitle", { units: format.qty(parts.possible) })}
      okText={t("assemble")}
      form={form}
      initial={{ lotNo: "", qty: null, day: status.today }}
      busy={assemble.busy}
      error={assemble.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <div className="form-row three">
        <Form.Item
          name="lotNo"
          label={t("newLot")}
          rules={[{ required: true, whitespace: true, message: kit("required") }]}
        >
          <Input data-first />
        </Form.Item>
        <HowManyWhen />
      </div>
      <p className="quiet">{t("assembleHint")}</p>
      <PartsTable parts={parts} wanted={wanted ?? 0} />
    </RecordDialog>
  );
};

type Disassembly = { lot: Id; qty: number; day: string | null };

const DisassembleForm = (props: { card: SkuCard; place: Id; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("goods");
  const kit = useTranslation("kit").t;
  const { status } = useSession();
  const [form] = Form.useForm<Disassembly>();
  const act = useAct("set.disassemble", { quiet: true });
  const { place } = props;
  const lots = takenApart(props.card.lots);
  const submit = async (fields: Disassembly): Promise<void> => {
    const done = await act.run({ ...fields, place });
    if (done) props.onClose();
  };
  return (
    <RecordDialog
      width={560}
      title={t("disassembleTitle")}
      okText={t("disassemble")}
      form={form}
      initial={{ lot: lots[0]?.id, qty: 1, day: status.today }}
      busy={act.busy}
      error={act.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <div className="form-row three">
        <Form.Item
          name="lot"
          label={t("lot")}
          rules={[{ required: true, message: kit("required") }]}
        >
          <Select
            options={lots.map(({ id, lotNo, onHand }) => ({
              value: id,
              label: `${lotNo} · ${format.qty(onHand)}`,
            }))}
          />
        </Form.Item>
        <HowManyWhen />
      </div>
    </RecordDialog>
  );
};

export const Sets = (props: { card: SkuCard }): ReactNode => {
  const { t } = useTranslation("goods");
  const { may } = useSession();
  const places = useCall("location.list", {}).data ?? [];
  const own = places.filter(({ fields }) => fields.kind === "own");
  const [chosen, setPlace] = useState<Id | null>(null);
  const [doing, setDoing] = useState<"assemble" | "disassemble" | null>(null);
  const { card } = props;
  const place = chosen ?? own[0]?.id ?? null;
  const sku = card.row.id;
  const at = { sku, place: place ?? "" };
  const parts = useCall("set.parts", at, { enabled: place !== null }).data;
  if (card.row.fields.parts.length === 0)
    return (
      <Part title={t("setTitle")}>
        <p className="quiet">{t("noParts")}</p>
      </Part>
    );
  const acts = may("handle") && place !== null && (
    <span className="inline-choice">
      <Button
        size="small"
        disabled={takenApart(card.lots).length === 0}
        onClick={() => setDoing("disassemble")}
      >
        {t("disassemble")}
      </Button>
      <Button
        size="small"
        type="primary"
        disabled={(parts?.possible ?? 0) === 0}
        onClick={() => setDoing("assemble")}
      >
        {t("assemble")}
      </Button>
    </span>
  );
  return (
    <Part title={t("setTitle")} acts={acts}>
      {parts && (
        <>
          <p className="answer-line">
            <Select
              size="small"
              aria-label={t("place")}
              value={place}
              options={own.map(({ id, fields }) => ({ value: id, label: fields.name }))}
              onChange={setPlace}
            />
            <strong>{t("possible", { units: format.qty(parts.possible) })}</strong>
          </p>
          <PartsTable parts={parts} wanted={0} />
        </>
      )}
      {doing === "assemble" && place !== null && parts && (
        <AssembleForm sku={sku} place={place} parts={parts} onClose={() => setDoing(null)} />
      )}
      {doing === "disassemble" && place !== null && (
        <DisassembleForm card={card} place={place} onClose={() => setDoing(null)} />
      )}
    </Part>
  );
};
