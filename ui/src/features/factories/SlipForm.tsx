/** Material goes to a factory or comes back: for which order, from where, which lots. */
import { Form, Input, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, DocLink, HeldMaterial, Id, OrderRow, PlaceRow } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { InlineLink } from "../../kit/Figures";
import * as format from "../../kit/format";
import { LineDialog } from "../../kit/LineDialog";
import { LineTable } from "../../kit/LineTable";
import { countColumn, type LineColumn } from "../../kit/lineColumns";
import { useAct, useCall } from "../../kit/query";
import { SkuPicker } from "../../kit/SkuPicker";
import { useSession } from "../../kit/session";
import { emptyLine, isWhole, type Line, lacking, slipLines } from "./slip";

export type Slip = { kind: "issue" | "takeBack"; place: Id | null };

type Head = {
  order: Id | null;
  warehouse: Id | null;
  factory: Id | null;
  day: Day | null;
  note: string;
};

/** Where material is taken from. */
type Source = { kind: Slip["kind"]; from: Id | null; held: HeldMaterial[] };

type LotChoice = { value: Id; label: string };

/** The lots of a material where it is taken from, and how many units lie there. */
const useSource = (
  line: Line,
  { kind, from, held }: Source,
): { lots: LotChoice[]; available: number | null } => {
  const wanted = kind === "issue" && line.material !== null;
  const card = useCall("sku.get", { id: line.material ?? "" }, { enabled: wanted }).data;
  if (line.material === null) return { lots: [], available: null };
  if (kind === "takeBack") {
    const own = held.find(({ place, material }) => place === from && material === line.material);
    const lots = own?.lots.map(({ lot, lotNo, qty }) => ({
      value: lot,
      label: `${lotNo} · ${format.qty(qty)}`,
    }));
    return { lots: lots ?? [], available: own?.qty ?? 0 };
  }
  if (card?.row.id !== line.material) return { lots: [], available: null };
  const lots = card.lots.filter(({ onHand }) => onHand > 0);
  return {
    lots: lots.map(({ id, lotNo }) => ({ value: id, label: lotNo })),
    available: card.places.find(({ place }) => place === from)?.good ?? 0,
  };
};

const LotSelect = (
  props: Source & {
    line: Line;
    onChange: (lot: Id | null) => void;
  },
): ReactNode => {
  const { t } = useTranslation("factories");
  const { line, onChange } = props;
  const { lots } = useSource(line, props);
  return (
    <Select
      aria-label={t("lot")}
      value={line.lot ?? ""}
      options={[{ value: "", label: t("anyLot") }, ...lots]}
      onChange={(lot) => onChange(lot === "" ? null : lot)}
    />
  );
};

const Available = (props: Source & { line: Line }): ReactNode => {
  const { available } = useSource(props.line, props);
  if (available === null) return "–";
  const over = (props.line.qty ?? 0) > available;
  return <span className={over ? "figure tone-amber" : "figure"}>{format.qty(available)}</span>;
};

const HeadFields = (props: {
  head: Head;
  places: PlaceRow[];
  orders: OrderRow[];
  onHead: (part: Partial<Head>) => void;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { head, places, orders, onHead } = props;
  const choices = (kind: string) =>
    places
      .filter(({ fields }) => fields.kind === kind)
      .map(({ id, fields }) => ({ value: id, label: fields.name }));
  return (
    <Form layout="vertical" className="dense-form" component="div">
      <div className="form-row four">
        <Form.Item label={t("warehouse")}>
          <Select
            value={head.warehouse}
            options={choices("own")}
            onChange={(warehouse) => onHead({ warehouse })}
          />
        </Form.Item>
        <Form.Item label={t("factory")}>
          <Select
            value={head.factory}
            options={choices("factory")}
            onChange={(factory) => onHead({ factory, order: null })}
          />
        </Form.Item>
        <Form.Item label={t("order")}>
          <Select
            value={head.order ?? ""}
            options={[
              { value: "", label: t("noOrder") },
              ...orders.map(({ id, number, goods }) => ({
                value: id,
                label: `${number} ${goods}`,
              })),
            ]}
            onChange={(order) => onHead({ order: order === "" ? null : order })}
          />
        </Form.Item>
        <Form.Item label={t("day")}>
          <DayInput value={head.day} label={t("day")} onChange={(day) => onHead({ day })} />
        </Form.Item>
      </div>
      <Form.Item label={t("note")}>
        <Input value={head.note} onChange={(event) => onHead({ note: event.target.value })} />
      </Form.Item>
    </Form>
  );
};

const useColumns = ({ kind, from, held }: Source): LineColumn<Line>[] => {
  const { t } = useTranslation("factories");
  return useMemo((): LineColumn<Line>[] => {
    const source = { kind, from, held };
    return [
      {
        name: "material",
        head: t("material"),
        cell: ({ material }, change) => (
          <SkuPicker
            value={material}
            label={t("material")}
            only={["material"]}
            onChange={({ id }) => change({ material: id, lot: null })}
          />
        ),
      },
      {
        name: "lot",
        head: t("lot"),
        width: 200,
        cell: (line, change) => (
          <LotSelect {...source} line={line} onChange={(lot) => change({ lot })} />
        ),
      },
      {
        name: "available",
        head: t("available"),
        numeric: true,
        width: 84,
        cell: (line) => <Available {...source} line={line} />,
      },
      countColumn<Line>("qty", { head: t("units"), width: 120, min: 1 }),
    ];
  }, [t, kind, from, held]);
};

/** The orders that material can be sent for: accepted by the factory at this place. */
const ordersOf = (orders: OrderRow[], places: PlaceRow[], factory: Id | null): OrderRow[] => {
  const partner = places.find(({ id }) => id === factory)?.fields.partner;
  return orders.filter(
    (order) =>
      order.kind === "production" && order.state === "accepted" && order.factory === partner,
  );
};

export const SlipForm = (props: {
  slip: Slip;
  held: HeldMaterial[];
  onPosted: (slip: DocLink | null) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const { kind, place } = props.slip;
  const places = useCall("location.list", {}).data ?? [];
  const orders = useCall("order.list", {}).data ?? [];
  const issue = useAct("material.issue", { quiet: true });
  const takeBack = useAct("material.take_back", { quiet: true });
  const [lines, setLines] = useState<Line[]>([emptyLine("0")]);
  const [chosen, setHead] = useState<Head>({
    order: null,
    warehouse: null,
    factory: place,
    day: status.today,
    note: "",
  });
  const firstOf = (wanted: string): Id | null =>
    places.find(({ fields }) => fields.kind === wanted)?.id ?? null;
  const warehouse = chosen.warehouse ?? firstOf("own");
  const factory = chosen.factory ?? firstOf("factory");
  const head = { ...chosen, warehouse, factory };
  const { order } = head;
  const tracks = useCall("order.tracks", { id: order ?? "" }, { enabled: order !== null }).data;
  const lacks = kind === "issue" && order !== null && tracks ? lacking(tracks.materials) : [];
  const from = kind === "issue" ? warehouse : factory;
  const columns = useColumns({ kind, from, held: props.held });
  const ready = slipLines(lines);
  const act = kind === "issue" ? issue : takeBack;
  const post = async (): Promise<void> => {
    if (ready === null || warehouse === null || factory === null) return;
    const { day, note } = head;
    const done = await act.run({ order, warehouse, factory, day, note: note.trim(), lines: ready });
    if (!done) return;
    props.onClose();
    props.onPosted(done.document);
  };
  return (
    <LineDialog
      width={820}
      title={t(`${kind}Title`)}
      okText={t(kind)}
      ready={ready !== null && warehouse !== null && factory !== null}
      busy={act.busy}
      error={act.error}
      onPost={post}
      onClose={props.onClose}
    >
      <HeadFields
        head={head}
        places={places}
        orders={ordersOf(orders, places, factory)}
        onHead={(part) => setHead({ ...chosen, ...part })}
      />
      <LineTable
        className="slip-table"
        lines={lines}
        columns={columns}
        onLines={setLines}
        add={{
          text: t("addLine"),
          line: emptyLine,
          goesOn: isWhole,
          beside: lacks.length > 0 && (
            <InlineLink onClick={() => setLines(lacks)}>{t("fromOrder")}</InlineLink>
          ),
        }}
      />
    </LineDialog>
  );
};
