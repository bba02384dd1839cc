/** Our materials on an order: sent, come back, in the goods, at the factory, missing. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MaterialTrack as Material, OrderCard, OrderTracks } from "../../contract";
import { InlineLink, Percent, Qty, type Tone } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { usePaper } from "../../kit/paper/usePaper";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { KeepForm } from "./KeepForm";
import { SettleForm } from "./SettleForm";
import { SlipForm } from "./SlipForm";
import { TrackBox } from "./TrackBox";
import { isMade, lacking, toDraw } from "./tracks";

const FIGURES = ["toIssue", "issued", "returned", "held", "left", "atFactory"] as const;

/** What the contract reckons as lost by now: while goods are made, the factory still holds it. */
const LOSSES = ["missing", "allowed", "claimed"] as const;

const toneOf = (id: string, material: Material, made: boolean): Tone | undefined => {
  if (id === "issued" && lacking(material) > 0 && !made) return "amber";
  return id === "claimed" && material.claimed > 0 && made ? "red" : undefined;
};

const MaterialBlock = (props: { material: Material; made: boolean }): ReactNode => {
  const { t } = useTranslation("production");
  const { word, name } = useWords();
  const go = useGo();
  const { material } = props;
  const ours = material.suppliedBy === "brand";
  const lost = props.made || material.held > 0;
  const shown = lost ? [...FIGURES, ...LOSSES] : FIGURES;
  const isInterim = (id: string): boolean => !props.made && LOSSES.some((one) => one === id);
  return (
    <li>
      <div className="track-line">
        <span>
          <InlineLink onClick={() => go(`/goods/${material.material}`)}>{material.code}</InlineLink>{" "}
          <span className="quiet">{name(material.name)}</span>
        </span>
        {ours ? (
          <span className="quiet figure" title={t("allowance")}>
            <Percent ppm={material.allowancePpm} />
          </span>
        ) : (
          <Tag tone="grey">{word("supplied_by", material.suppliedBy)}</Tag>
        )}
      </div>
      {ours && (
        <dl className="track-figures">
          {shown.map((id) => {
            const tone = toneOf(id, material, props.made);
            return (
              <div key={id} {...(isInterim(id) ? { className: "quiet", title: t("interim") } : {})}>
                <dt>{t(`material.${id}`)}</dt>
                <dd>
                  <Qty
                    value={material[id]}
                    zero={tone === undefined ? "dash" : "0"}
                    {...(tone === undefined ? {} : { tone })}
                  />
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {material.over > 0 && (
        <p className="tone-amber">
          {t(material.drawable > 0 ? "overDraw" : "over", {
            units: format.qty(material.over),
            drawable: format.qty(toDraw(material, true)),
          })}
        </p>
      )}
      {(material.kept > 0 || material.drawn > 0) && (
        <p className="quiet">
          {[
            material.kept > 0 && t("keptNote", { units: format.qty(material.kept) }),
            material.drawn > 0 && t("drawnNote", { units: format.qty(material.drawn) }),
          ]
            .filter(Boolean)
            .join(" ")}
        </p>
      )}
    </li>
  );
};

type Open = "issue" | "return" | "keep" | "draw" | "settle" | null;

export const MaterialTrack = (props: { card: OrderCard; tracks: OrderTracks }): ReactNode => {
  const { t } = useTranslation("production");
  const { may } = useSession();
  const [open, setOpen] = useState<Open>(null);
  const paper = usePaper();
  const { card, tracks } = props;
  const ours = tracks.materials.filter(({ suppliedBy }) => suppliedBy === "brand");
  const live = card.row.state === "accepted";
  // What lies there for an order that was called off may still come back.
  const acts = (live || card.row.state === "cancelled") && ours.length > 0;
  const close = (): void => setOpen(null);
  return (
    <TrackBox
      title={t("track.materials")}
      acts={
        acts && (
          <>
            {live && may("handle") && (
              <Button size="small" onClick={() => setOpen("issue")}>
                {t("issueMaterial")}
              </Button>
            )}
            {may("handle") && ours.some(({ atFactory }) => atFactory > 0) && (
              <Button size="small" onClick={() => setOpen("return")}>
                {t("takeBack")}
              </Button>
            )}
            {may("handle") && ours.some(({ left }) => left > 0) && (
              <Button size="small" onClick={() => setOpen("keep")}>
                {t("keep")}
              </Button>
            )}
            {live && may("handle") && ours.some((one) => toDraw(one, isMade(tracks)) > 0) && (
              <Button size="small" onClick={() => setOpen("draw")}>
                {t("draw")}
              </Button>
            )}
            {may("approve") && !tracks.lossesSettled && tracks.supplied && (
              <Button size="small" onClick={() => setOpen("settle")}>
                {t("settle")}
              </Button>
            )}
          </>
        )
      }
    >
      {tracks.materials.length === 0 ? (
        <p className="quiet">{t("noMaterials")}</p>
      ) : (
        <ul className="track-list">
          {tracks.materials.map((material) => (
            // We bring it for one line and the factory for another: then there are two of it.
            <MaterialBlock
              key={`${material.suppliedBy} ${material.material}`}
              material={material}
              made={isMade(tracks)}
            />
          ))}
        </ul>
      )}
      {tracks.lossesSettled && <Tag tone="green">{t("state.settled")}</Tag>}
      {open === "settle" && <SettleForm card={card} tracks={tracks} onClose={close} />}
      {(open === "keep" || open === "draw") && (
        <KeepForm card={card} tracks={tracks} way={open} onClose={close} />
      )}
      {(open === "issue" || open === "return") && (
        <SlipForm
          card={card}
          materials={ours}
          way={open}
          onPosted={(slip) =>
            slip && paper.show({ kind: "material_slip", id: slip.id, number: slip.label })
          }
          onClose={close}
        />
      )}
      {paper.preview}
    </TrackBox>
  );
};
