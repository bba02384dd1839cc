/** What goods are made of at a factory: each material, how much of it, who brings it. */
import { Form, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BomFields, Id } from "../../contract";
import { Attachments } from "../Attachments";
import { DayInput } from "../DayInput";
import { Part } from "../Detail";
import { ActDialog } from "../LineDialog";
import { LineTable } from "../LineTable";
import { choiceColumn, countColumn, figureColumn, type LineColumn } from "../lineColumns";
import { useAct, useCall } from "../query";
import { SkuPicker } from "../SkuPicker";
import { useSession } from "../session";
import { useWords } from "../words";
import {
  type BomDraft,
  type BomLine,
  bomDraft,
  bomOf,
  emptyLine,
  isAllowance,
  isBomLine,
  isOwnMaterial,
} from "./bom";
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

const useColumns = (sku: Id | null): LineColumn<BomLine>[] => {
  const { t } = useTranslation("terms");
  const { word } = useWords();
  return useMemo(() => {
    const material: LineColumn<BomLine, boolean> = {
      name: "material",
      head: t("material"),
      told: (line, lines) => isOwnMaterial(line, { sku, lines }),
      cell: (line, change, _, isOwn) => (
        <SkuPicker
          value={line.material}
          label={t("material")}
          only={["material"]}
          wrong={!isOwn}
          onChange={({ id }) => change({ material: id })}
        />
      ),
    };
    return [
      material,
      countColumn<BomLine>("per1000", {
        head: t("per1000"),
        width: 120,
        min: 1,
        wrong: ({ per1000 }) => per1000 === null,
      }),
      figureColumn<BomLine>("allowance", {
        head: t("allowance"),
        width: 120,
        wrong: ({ allowance }) => !isAllowance(allowance),
      }),
      choiceColumn<BomLine>("suppliedBy", {
        head: t("suppliedBy"),
        width: 120,
        options: (["brand", "factory"] as const).map((value) => ({
          value,
          label: word("supplied_by", value),
        })),
      }),
    ];
  }, [t, word, sku]);
};

const Lines = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("terms");
  const { lines } = draft;
  const columns = useColumns(draft.sku);
  const wrong = lines.some((line) => line.material !== null && !isBomLine(line, draft));
  return (
    <>
      <LineTable
        className="bom-table"
        lines={lines}
        columns={columns}
        onLines={(typed) => onDraft({ lines: typed })}
        add={{
          text: t("addMaterial"),
          line: emptyLine,
          goesOn: (last) => isBomLine(last, draft),
        }}
      />
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
  const { status } = useSession();
  const { bom } = props;
  const save = useAct("bom.save", { quiet: true });
  const [draft, setDraft] = useState(() => bomDraft(bom, props.sku, status.today));
  const onDraft = (part: Partial<BomDraft>): void => setDraft({ ...draft, ...part });
  return (
    <ActDialog
      width={760}
      title={bom === null ? t("addBom") : props.title}
      act={save}
      input={bomOf(bom?.id ?? null, draft)}
      onClose={props.onClose}
    >
      <HeadFields draft={draft} onDraft={onDraft} />
      <Part title={t("materials")}>
        <Lines draft={draft} onDraft={onDraft} />
      </Part>
      {bom?.id && <Attachments kind="bom" id={bom.id} />}
    </ActDialog>
  );
};
