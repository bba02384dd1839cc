/** What factories hold of ours, by factory, material and lot; what they used beyond the book. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldMaterial, Id } from "../../contract";
import { InlineLink, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { usePaper } from "../../kit/paper/usePaper";
import { useCall } from "../../kit/query";
import { Answer, Empty } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { NoFactories } from "./NoFactories";
import { type Slip, SlipForm } from "./SlipForm";
import { Slips } from "./Slips";
import { Tab } from "./Tab";

/** Materials by the place that holds them, in the order of the answer. */
const byPlace = (held: HeldMaterial[]): Map<Id, HeldMaterial[]> => {
  const places = new Map<Id, HeldMaterial[]>();
  for (const one of held) places.set(one.place, [...(places.get(one.place) ?? []), one]);
  return places;
};

const Row = (props: { held: HeldMaterial }): ReactNode => {
  const { t } = useTranslation("factories");
  const { name } = useWords();
  const go = useGo();
  const { held } = props;
  return (
    <tr>
      <td>
        <InlineLink onClick={() => go(`/goods/${held.material}`)}>{held.code}</InlineLink>{" "}
        <span className="quiet">{name(held.name)}</span>
      </td>
      <td className="numeric">
        <Qty value={held.qty} />
      </td>
      <td className="numeric">
        <Qty value={held.free} zero="dash" />
      </td>
      <td className="numeric">
        {held.suspense > 0 ? (
          <span title={t("suspenseNote", { units: format.qty(held.suspense) })}>
            <Tag tone="amber">{format.qty(held.suspense)}</Tag>
          </span>
        ) : (
          "–"
        )}
      </td>
      <td>
        {held.lots.map((lot) => (
          <span key={lot.lot} className="held-lot">
            <InlineLink onClick={() => go(`/stock/lot/${lot.lot}`)}>{lot.lotNo}</InlineLink>{" "}
            <span className="quiet figure">{format.qty(lot.qty)}</span>
          </span>
        ))}
      </td>
    </tr>
  );
};

const Factory = (props: { held: HeldMaterial[]; onSlip: (slip: Slip) => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const { may } = useSession();
  const go = useGo();
  const [first] = props.held;
  if (!first) return null;
  const { place } = first;
  return (
    <section className="factory">
      <header>
        <h3>
          {first.factory || first.placeCode} <span className="quiet">{first.placeCode}</span>
        </h3>
        <Button size="small" onClick={() => go(`/factories/statements/${place}`)}>
          {t("statementOf")}
        </Button>
        {may("handle") && (
          <>
            <Button size="small" onClick={() => props.onSlip({ kind: "takeBack", place })}>
              {t("takeBack")}
            </Button>
            <Button size="small" onClick={() => props.onSlip({ kind: "issue", place })}>
              {t("issue")}
            </Button>
          </>
        )}
      </header>
      <table className="plain-table held-table">
        <thead>
          <tr>
            <th>{t("material")}</th>
            <th className="numeric">{t("qty")}</th>
            <th className="numeric">{t("free")}</th>
            <th className="numeric">{t("suspense")}</th>
            <th>{t("lots")}</th>
          </tr>
        </thead>
        <tbody>
          {props.held.map((held) => (
            <Row key={held.material} held={held} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** The answer in a line: how much is out, and what was used beyond the book. */
const Summary = (props: { held: HeldMaterial[] }): ReactNode => {
  const { t } = useTranslation("factories");
  const { held } = props;
  const over = held.filter(({ suspense }) => suspense > 0);
  const units = over.reduce((sum, { suspense }) => sum + suspense, 0);
  return (
    <p className="answer-line">
      <strong>
        {t("heldLine", {
          factories: new Set(held.map(({ place }) => place)).size,
          materials: new Set(held.map(({ material }) => material)).size,
        })}
      </strong>
      {over.length > 0 && (
        <strong className="tone-amber">
          {t("suspenseLine", { count: over.length, units: format.qty(units) })}
        </strong>
      )}
    </p>
  );
};

export const MaterialsPage = (): ReactNode => {
  const { t } = useTranslation("factories");
  const { may } = useSession();
  const held = useCall("material.at_factories", {});
  const places = useCall("location.list", {}).data;
  const [slip, setSlip] = useState<Slip | null>(null);
  const paper = usePaper();
  const print = (id: Id, number: string): void => paper.show({ kind: "material_slip", id, number });
  const none = places?.every(({ fields }) => fields.kind !== "factory") ?? false;
  const issue = (
    <Button type="primary" onClick={() => setSlip({ kind: "issue", place: null })}>
      {t("issue")}
    </Button>
  );
  const acts = may("handle") && !none && (
    <>
      <Button onClick={() => setSlip({ kind: "takeBack", place: null })}>{t("takeBack")}</Button>
      {issue}
    </>
  );
  return (
    <Tab tab="materials" acts={acts}>
      <Answer query={held} rows={10}>
        {(data) =>
          data.length > 0 ? (
            <>
              <Summary held={data} />
              {[...byPlace(data)].map(([place, own]) => (
                <Factory key={place} held={own} onSlip={setSlip} />
              ))}
            </>
          ) : none ? (
            <NoFactories />
          ) : (
            <Empty title={t("nothingHeld")} acts={may("handle") && issue}>
              {t("nothingHeldText")}
            </Empty>
          )
        }
      </Answer>
      {slip && (
        <SlipForm
          slip={slip}
          held={held.data ?? []}
          onPosted={(posted) => posted && print(posted.id, posted.label)}
          onClose={() => setSlip(null)}
        />
      )}
      <Slips onPrint={print} />
      {paper.preview}
    </Tab>
  );
};
