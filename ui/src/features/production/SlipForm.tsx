/** Material to the factory for an order, or back from it: how much of which lot. */
import { Input, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, DocLink, Id, MaterialTrack, OrderCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { LineDialog } from "../../kit/LineDialog";
import { LineTable } from "../../kit/LineTable";
import { countColumn, type LineColumn } from "../../kit/lineColumns";
import type { Keyed } from "../../kit/lines";
import { useAct, useCall } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { lacking } from "./tracks";

type Way = "issue" | "return";
type Line = Keyed & { material: Id; lot: Id | null; qty: number | null };

/** What is still to be sent, or nothing typed yet of what may come back. */
const firstSlip = (materials: MaterialTrack[], way: Way): Line[] =>
  materials.map((one) => ({
    key: one.material,
    material: one.material,
    lot: null,
    qty: way === "issue" ? Math.max(lacking(one), one.over - one.drawable) || null : null,
  }));

/** The lots that a line can name: at the factory on the way back, else all that are known. */
const useLots = (material: Id, way: Way, factory: Id | null): { value: Id; label: string }[] => {
  const held = useCall("material.at_factories", {}, { enabled: way === "return" }).data ?? [];
  const sku = useCall("sku.get", { id: material }, { enabled: way === "issue" }).data;
  if (way === "issue")
    return (sku?.lots ?? [])
      .filter(({ onHand }) => onHand > 0)
      .map(({ id, lotNo }) => ({ value: id, label: lotNo }));
  const here = held.find((one) => one.place === factory && one.material === material);
  return (here?.lots ?? []).map(({ lot, lotNo }) => ({ value: lot, label: lotNo }));
};

const LotSelect = (props: {
  line: Line;
  way: Way;
  factory: Id | null;
  onChange: (lot: Id | null) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { line, onChange } = props;
  return (
    <Select
      allowClear
      aria-label={t("lotNo")}
      placeholder={t("firstExpiring")}
      value={line.lot}
      options={useLots(line.material, props.way, props.factory)}
      onChange={(lot) => onChange(lot ?? null)}
    />
  );
};

const useColumns = (
  materials: MaterialTrack[],
  way: Way,
  factory: Id | null,
): LineColumn<Line>[] => {
  const { t } = useTranslation("production");
  const { name } = useWords();
  return useMemo(
    (): LineColumn<Line>[] => [
      {
        name: "material",
        head: t("materialName"),
        ofWhole: true,
        cell: (line) => {
          const material = materials.find((one) => one.material === line.material);
          return (
            material && (
              <>
                {material.code} <span className="quiet">{name(material.name)}</span>
              </>
            )
          );
        },
      },
      {
        name: "lot",
        head: t("lotNo"),
        width: 180,
        cell: (line, change) => (
          <LotSelect line={line} way={way} factory={factory} onChange={(lot) => change({ lot })} />
        ),
      },
      countColumn<Line>("qty", { head: t("qty"), width: 110, first: true }),
    ],
    [t, name, materials, way, factory],
  );
};

type Head = { warehouse: Id | null; day: Day | null; note: string };

const HeadFields = (props: { head: Head; way: Way; onHead: (head: Head) => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { head, way, onHead } = props;
  const places = useCall("location.list", {}).data ?? [];
  const own = places.filter(({ fields }) => fields.kind === "own");
  const label = t(way === "issue" ? "fromWarehouse" : "toWarehouse");
  return (
    <div className="receive-head">
      <span>{label}</span>
      <Select
        aria-label={label}
        value={head.warehouse ?? own[0]?.id ?? null}
        options={own.map(({ id, fields }) => ({ value: id, label: fields.name }))}
        onChange={(warehouse) => onHead({ ...head, warehouse })}
      />
      <DayInput value={head.day} onChange={(day) => onHead({ ...head, day })} label={t("day")} />
      <Input
        value={head.note}
        placeholder={t("note")}
        aria-label={t("note")}
        onChange={(event) => onHead({ ...head, note: event.target.value })}
      />
    </div>
  );
};

const useSlip = (way: Way, number: string) => {
  const { t } = useTranslation("production");
  const issue = useAct("material.issue", { quiet: true, said: () => t("saidSent", { number }) });
  const back = useAct("material.take_back", { quiet: true, said: () => t("saidBack", { number }) });
  return way === "issue" ? issue : back;
};

export const SlipForm = (props: {
  card: OrderCard;
  materials: MaterialTrack[];
  way: Way;
  onPosted: (slip: DocLink | null) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { card, materials, way, onClose } = props;
  const { id, number } = card.row;
  const places = useCall("location.list", {}).data ?? [];
  const [head, setHead] = useState<Head>({ warehouse: null, day: status.today, note: "" });
  const [lines, setLines] = useState(() => firstSlip(materials, way));
  const post = useSlip(way, number);
  const sent = lines.flatMap(({ material, lot, qty }) =>
    qty !== null && qty > 0 ? [{ material, lot, qty }] : [],
  );
  const own = places.find(({ fields }) => fields.kind === "own")?.id ?? null;
  const warehouse = head.warehouse ?? own;
  const factory = card.materialsAt;
  const columns = useColumns(materials, way, factory);
  const submit = async (): Promise<void> => {
    if (warehouse === null || factory === null) return;
    const { day, note } = head;
    const done = await post.run({ order: id, warehouse, factory, day, note, lines: sent });
    if (!done) return;
    onClose();
    props.onPosted(done.document);
  };
  return (
    <LineDialog
      width={760}
      title={t(way === "issue" ? "issueTitle" : "takeBackTitle", { number })}
      okText={t(way === "issue" ? "issueMaterial" : "takeBack")}
      ready={sent.length > 0 && warehouse !== null && factory !== null}
      busy={post.busy}
      error={post.error}
      onPost={submit}
      onClose={onClose}
    >
      <HeadFields head={head} way={way} onHead={setHead} />
      <LineTable
        className="slip-table"
        lines={lines}
        columns={columns}
        onLines={setLines}
        split={{ text: t("anotherLot"), part: () => ({ lot: null, qty: null }) }}
      />
    </LineDialog>
  );
};
