/** What an order has left at its factory stays for the next one, or it takes what lies there for none. */
import { Input } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, MaterialTrack, OrderCard, OrderTracks } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import * as format from "../../kit/format";
import { LineDialog } from "../../kit/LineDialog";
import { LineTable } from "../../kit/LineTable";
import { countColumn, type LineColumn } from "../../kit/lineColumns";
import type { Keyed } from "../../kit/lines";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { isMade, toDraw } from "./tracks";

type Way = "keep" | "draw";
type Line = Keyed & { material: Id; qty: number | null };

/** Units that lie there to be kept, or drawn. */
const thereOf = (material: MaterialTrack | undefined, way: Way): number =>
  (way === "keep" ? material?.left : material?.drawable) ?? 0;

const oursOf = ({ materials }: OrderTracks): MaterialTrack[] =>
  materials.filter(({ suppliedBy }) => suppliedBy === "brand");

/** All that is left, or what the order takes of what lies there. */
const firstLines = (tracks: OrderTracks, way: Way): Line[] =>
  oursOf(tracks)
    .filter((one) => thereOf(one, way) > 0)
    .map((one) => {
      const qty = way === "keep" ? one.left : toDraw(one, isMade(tracks));
      return { key: one.material, material: one.material, qty: qty || null };
    });

const of = (materials: MaterialTrack[], line: Line): MaterialTrack | undefined =>
  materials.find((one) => one.material === line.material);

const useColumns = (materials: MaterialTrack[], way: Way): LineColumn<Line>[] => {
  const { t } = useTranslation("production");
  const { name } = useWords();
  return useMemo(
    (): LineColumn<Line>[] => [
      {
        name: "material",
        head: t("materialName"),
        cell: (line) => {
          const material = of(materials, line);
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
        name: "there",
        head: t(way === "keep" ? "leftThere" : "freeThere"),
        width: 120,
        numeric: true,
        cell: (line) => (
          <span className="figure">{format.qty(thereOf(of(materials, line), way))}</span>
        ),
      },
      countColumn<Line>("qty", {
        head: t("qty"),
        width: 110,
        first: true,
        wrong: (line) => (line.qty ?? 0) > thereOf(of(materials, line), way),
      }),
    ],
    [t, name, materials, way],
  );
};

const useKeep = (way: Way, number: string) => {
  const { t } = useTranslation("production");
  const keep = useAct("material.keep", { quiet: true, said: () => t("saidKept", { number }) });
  const draw = useAct("material.draw", { quiet: true, said: () => t("saidDrawn", { number }) });
  return way === "keep" ? keep : draw;
};

export const KeepForm = (props: {
  card: OrderCard;
  tracks: OrderTracks;
  way: Way;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { card, tracks, way, onClose } = props;
  const { id, number } = card.row;
  const [day, setDay] = useState<Day | null>(status.today);
  const [note, setNote] = useState("");
  const [lines, setLines] = useState(() => firstLines(tracks, way));
  const materials = useMemo(() => oursOf(tracks), [tracks]);
  const columns = useColumns(materials, way);
  const post = useKeep(way, number);
  const given = lines.flatMap(({ material, qty }) =>
    qty !== null && qty > 0 ? [{ material, qty }] : [],
  );
  const submit = async (): Promise<void> => {
    if (await post.run({ id, day, note, lines: given })) onClose();
  };
  return (
    <LineDialog
      width={640}
      title={t(way === "keep" ? "keepTitle" : "drawTitle", { number })}
      okText={t(way)}
      ready={given.length > 0}
      busy={post.busy}
      error={post.error}
      onPost={submit}
      onClose={onClose}
    >
      <p className="quiet">{t(way === "keep" ? "keepText" : "drawText")}</p>
      <div className="receive-head">
        <DayInput value={day} onChange={setDay} label={t("day")} />
        <Input
          value={note}
          placeholder={t("note")}
          aria-label={t("note")}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <LineTable className="slip-table" lines={lines} columns={columns} onLines={setLines} />
    </LineDialog>
  );
};
