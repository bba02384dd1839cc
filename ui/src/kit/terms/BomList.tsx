/** Bills of materials, of one product or of all. */
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BomFields, Id, SkuRow } from "../../contract";
import { Part } from "../Detail";
import { InlineLink } from "../Figures";
import * as format from "../format";
import { namesOf } from "../names";
import { useCall } from "../query";
import { Tag } from "../StatusTag";
import { useSession } from "../session";
import { useWords } from "../words";
import { BomForm } from "./BomForm";
import { percentOf } from "./check";
import { holdsOn, Valid } from "./Valid";
import "./terms.css";

type Known = {
  skus: ReadonlyMap<Id, SkuRow>;
  partners: ReadonlyMap<Id, string>;
  versions: ReadonlyMap<Id, string>;
};

const useKnown = (): Known => {
  const skus = useCall("sku.list", {}).data;
  const partners = useCall("partner.list", {}).data;
  const versions = useCall("version.list", {}).data;
  return {
    skus: new Map(skus?.map((sku) => [sku.id, sku])),
    partners: new Map(partners?.map(({ id, fields }) => [id, fields.name])),
    versions: new Map(versions?.map(({ id, artworkNo }) => [id ?? "", artworkNo])),
  };
};

const Materials = (props: { bom: BomFields; known: Known }): ReactNode => {
  const { name, word } = useWords();
  return (
    <table className="bom-lines">
      <tbody>
        {props.bom.lines.map((line) => {
          const sku = props.known.skus.get(line.material);
          return (
            <tr key={line.material}>
              <td>
                {sku?.fields.code} <span className="quiet">{sku && name(namesOf(sku.fields))}</span>
              </td>
              <td className="numeric">{format.qty(line.per1000)}</td>
              <td className="numeric">{percentOf(line.allowancePpm)}%</td>
              <td>
                <Tag tone={line.suppliedBy === "brand" ? "blue" : "grey"}>
                  {word("supplied_by", line.suppliedBy)}
                </Tag>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Row = (props: {
  bom: BomFields;
  known: Known;
  withGoods: boolean;
  onOpen: (() => void) | null;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const { name } = useWords();
  const { status } = useSession();
  const { bom, known, onOpen } = props;
  const factory = known.partners.get(bom.factory) ?? "–";
  const holds = holdsOn(bom, status.today);
  const sku = known.skus.get(bom.sku);
  return (
    <tr className={holds ? "" : "terms-gone"}>
      <td>
        {onOpen ? <InlineLink onClick={onOpen}>{factory}</InlineLink> : factory}{" "}
        {holds && <Tag tone="green">{t("current")}</Tag>}
        <div className="quiet">
          <Valid from={bom.from} to={bom.to} />
        </div>
      </td>
      {props.withGoods && (
        <td>
          {sku?.fields.code} <span className="quiet">{sku && name(namesOf(sku.fields))}</span>
        </td>
      )}
      <td>{bom.version === null ? t("allVersions") : (known.versions.get(bom.version) ?? "–")}</td>
      <td>
        <Materials bom={bom} known={known} />
      </td>
    </tr>
  );
};

const Table = (props: {
  boms: BomFields[];
  known: Known;
  withGoods: boolean;
  onOpen: ((bom: BomFields) => void) | null;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const { onOpen } = props;
  return (
    <table className="plain-table terms-table">
      <thead>
        <tr>
          <th>{t("factory")}</th>
          {props.withGoods && <th>{t("goods")}</th>}
          <th>{t("version")}</th>
          <th>{t("materialHead")}</th>
        </tr>
      </thead>
      <tbody>
        {props.boms.map((bom) => (
          <Row
            key={bom.id}
            bom={bom}
            known={props.known}
            withGoods={props.withGoods}
            onOpen={onOpen && (() => onOpen(bom))}
          />
        ))}
      </tbody>
    </table>
  );
};

/** Whether a bill is about what was typed. */
const fits = (bom: BomFields, known: Known, typed: string): boolean => {
  const goods = [bom.sku, ...bom.lines.map(({ material }) => material)].map((id) => {
    const fields = known.skus.get(id)?.fields;
    return fields ? `${fields.code} ${fields.nameZh} ${fields.nameEn}` : "";
  });
  const text = `${known.partners.get(bom.factory) ?? ""} ${goods.join(" ")}`;
  return text.toLowerCase().includes(typed.trim().toLowerCase());
};

export const BomList = (props: { sku: Id | null; filter?: string }): ReactNode => {
  const { t } = useTranslation("terms");
  const { may } = useSession();
  const list = useCall("bom.list", {}).data;
  const known = useKnown();
  const [open, setOpen] = useState<BomFields | "new" | null>(null);
  const { sku, filter = "" } = props;
  const own = (list ?? []).filter((bom) => sku === null || bom.sku === sku);
  const shown = own.filter((bom) => fits(bom, known, filter));
  const edited = open === "new" ? null : open;
  return (
    <Part
      title={t("boms")}
      acts={
        may("settings") && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("addBom")}
          </Button>
        )
      }
    >
      {shown.length > 0 ? (
        <Table
          boms={shown}
          known={known}
          withGoods={sku === null}
          onOpen={may("settings") ? setOpen : null}
        />
      ) : (
        list && <p className="terms-empty">{t(own.length === 0 ? "noBoms" : "nothingHere")}</p>
      )}
      {open !== null && (
        <BomForm
          key={edited?.id ?? "new"}
          bom={edited}
          sku={sku}
          title={t("editBom", { name: known.partners.get(edited?.factory ?? "") ?? "" })}
          onClose={() => setOpen(null)}
        />
      )}
    </Part>
  );
};
