/** Bills of materials, of one product or of all. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BomFields, Id, SkuRow } from "../../contract";
import * as format from "../format";
import { namesOf } from "../names";
import { useCall } from "../query";
import { Tag } from "../StatusTag";
import { useSession } from "../session";
import { useWords } from "../words";
import { BomForm } from "./BomForm";
import { percentOf } from "./check";
import { type TermsColumn, TermsList } from "./TermsList";
import { holdsOn, Valid } from "./Valid";

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

const Goods = (props: { sku: SkuRow | undefined }): ReactNode => {
  const { name } = useWords();
  const fields = props.sku?.fields;
  return (
    <>
      {fields?.code} <span className="quiet">{fields && name(namesOf(fields))}</span>
    </>
  );
};

const Materials = (props: { bom: BomFields; known: Known }): ReactNode => {
  const { word } = useWords();
  return (
    <table className="bom-lines">
      <tbody>
        {props.bom.lines.map((line) => {
          return (
            <tr key={line.material}>
              <td>
                <Goods sku={props.known.skus.get(line.material)} />
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

const useColumns = (known: Known, withGoods: boolean): TermsColumn<BomFields>[] => {
  const { t } = useTranslation("terms");
  const goods: TermsColumn<BomFields> = {
    head: t("goods"),
    cell: ({ sku }) => <Goods sku={known.skus.get(sku)} />,
  };
  return [
    ...(withGoods ? [goods] : []),
    {
      head: t("version"),
      cell: ({ version }) =>
        version === null ? t("allVersions") : (known.versions.get(version) ?? "–"),
    },
    { head: t("materialHead"), cell: (bom) => <Materials bom={bom} known={known} /> },
  ];
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
  const { may, status } = useSession();
  const list = useCall("bom.list", {}).data;
  const known = useKnown();
  const { sku, filter = "" } = props;
  const columns = useColumns(known, sku === null);
  const own = list?.filter((bom) => sku === null || bom.sku === sku);
  const factoryOf = (bom: BomFields): string => known.partners.get(bom.factory) ?? "–";
  return (
    <TermsList
      title={t("boms")}
      kind="bom"
      addText={t("addBom")}
      mayAdd={may("settings")}
      mayOpen={may("settings")}
      rows={own?.filter((bom) => fits(bom, known, filter))}
      emptyText={t(own?.length === 0 ? "noBoms" : "nothingHere")}
      holds={(bom) => holdsOn(bom, status.today)}
      name={{
        head: t("factory"),
        of: factoryOf,
        under: ({ from, to }) => <Valid from={from} to={to} />,
      }}
      columns={columns}
      form={(bom, onClose) => (
        <BomForm
          bom={bom}
          sku={sku}
          title={t("editBom", { name: bom ? factoryOf(bom) : "" })}
          onClose={onClose}
        />
      )}
    />
  );
};
