/** What goods are made of at a factory: each material, how much of it, who brings it. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BomFields, Id } from "../../contract";
import { Attachments } from "../Attachments";
import { DayInput } from "../DayInput";
import { Part } from "../Detail";
import { LineDialog } from "../LineDialog";
import { changed, without } from "../lines";
import { useAct, useCall } from "../query";
import { SkuPicker } from "../SkuPicker";
import { useSession } from "../session";
import { useWords } from "../words";
import { type BomDraft, type BomLine, bomDraft, bomOf, emptyLine, isBomLine } from "./bom";
import { nextKey } from "./check";
import "../work.css";
import "./terms.css";

type DraftProps = { draft: BomDraft; onDraft: (part: Partial<BomDraft>) => void };

const HeadFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("terms");
  const partners = useCall("partner.list", {}).data ?? [];
  const versions = useCall("version.list", {}).data ?? [];
  const factories = partners.filter(({ fields }) => fields.kind === "factory");
  const own = versions.filter(({ sku }) => sku === draft.sku);
  return (
    <Form layout="vertical" className="dense-form" component="div">
      <div className="form-row three">
        <Form.Item label={t("goods")}>
          <SkuPicker
            value={draft.sku}
            label={t("goods")}
            only={["finished", "material"]}
            onChange={({ id }) => onDraft({ sku: id, version: null })}
          />
        </Form.Item>
        <Form.Item label={t("factory")}>
          <Select
            value={draft.factory}
            options={factories.map(({ id, fields }) => ({ value: id, label: fields.name }))}
            onChange={(factory) => onDraft({ factory })}
          />
        </Form.Item>
        <Form.Item label={t("version")}>
          <Select
            value={draft.version ?? ""}
            options={[
              { value: "", label: t("allVersions") },
              ...own.map(({ id, artworkNo }) => ({ value: id ?? "", label: artworkNo })),
            ]}
            onChange={(version) => onDraft({ version: version === "" ? null : version })}
          />
        </Form.Item>
      </div>
      <div className="form-row three">
        <Form.Item label={t("from")}>
          <DayInput value={draft.from} label={t("from")} onChange={(from) => onDraft({ from })} />
        </Form.Item>
        <Form.Item label={t("to")}>
          <DayInput value={draft.to} label={t("to")} onChange={(to) => onDraft({ to })} />
        </Form.Item>
      </div>
    </Form>
  );
};

const LineRow = (props: {
  line: BomLine;
  onChange: (part: Partial<BomLine>) => void;
  onRemove: () => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const { line, onChange } = props;
  const suppliers = (["brand", "factory"] as const).map((value) => ({
    value,
    label: word("supplied_by", value),
  }));
  return (
    <tr>
      <td>
        <SkuPicker
          value={line.material}
          label={t("material")}
          only={["material"]}
          onChange={({ id }) => onChange({ material: id })}
        />
      </td>
      <td>
        <InputNumber
          controls={false}
          min={1}
          precision={0}
          value={line.per1000}
          aria-label={t("per1000")}
          onChange={(per1000) => onChange({ per1000 })}
        />
      </td>
      <td>
        <Input
          className="numeric-input figure"
          value={line.allowance}
          aria-label={t("allowance")}
          onChange={(event) => onChange({ allowance: event.target.value })}
        />
      </td>
      <td>
        <Select
          aria-label={t("suppliedBy")}
          value={line.suppliedBy}
          options={suppliers}
          onChange={(suppliedBy) => onChange({ suppliedBy })}
        />
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

const Lines = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("terms");
  const { lines } = draft;
  const started = lines.filter((line) => line.material !== null);
  const wrong = started.some((line) => !isBomLine(line, draft));
  return (
    <>
      <table className="line-table bom-table">
        <thead>
          <tr>
            <th>{t("material")}</th>
            <th className="numeric">{t("per1000")}</th>
            <th className="numeric">{t("allowance")}</th>
            <th>{t("suppliedBy")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow
              key={line.key}
              line={line}
              onChange={(part) => onDraft({ lines: changed(lines, line.key, part) })}
              onRemove={() => onDraft({ lines: without(lines, line.key) })}
            />
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onDraft({ lines: [...lines, emptyLine(nextKey(lines))] })}
      >
        {t("addMaterial")}
      </Button>
      {wrong && <p className="tone-red">{t("bomFault")}</p>}
    </>
  );
};

export const BomForm = (props: {
  bom: BomFields | null;
  sku: Id | null;
  title: string;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const kit = useTranslation("kit").t;
  const { status } = useSession();
  const { bom, onClose } = props;
  const save = useAct("bom.save", { quiet: true });
  const [draft, setDraft] = useState(() => bomDraft(bom, props.sku, status.today));
  const onDraft = (part: Partial<BomDraft>): void => setDraft({ ...draft, ...part });
  const input = bomOf(bom?.id ?? null, draft);
  const post = async (): Promise<void> => {
    if (input !== null && (await save.run(input)) !== null) onClose();
  };
  return (
    <LineDialog
      width={760}
      title={bom === null ? t("addBom") : props.title}
      okText={kit("save")}
      ready={input !== null}
      busy={save.busy}
      error={save.error}
      onPost={post}
      onClose={onClose}
    >
      <HeadFields draft={draft} onDraft={onDraft} />
      <Part title={t("materials")}>
        <Lines draft={draft} onDraft={onDraft} />
      </Part>
      {bom?.id && <Attachments kind="bom" id={bom.id} />}
    </LineDialog>
  );
};
