/** Our materials on an order: sent, come back, in the goods, at the factory, missing. */
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MaterialTrack as Material, OrderCard, OrderTracks } from "../../contract";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import { InlineLink, Percent, Qty, type Tone } from "../../kit/Figures";
import * as format from "../../kit/format";
import { isComposing } from "../../kit/keys";
import { useGo } from "../../kit/links";
import { usePaper } from "../../kit/paper/usePaper";
import { useAct } from "../../kit/query";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { KeepForm } from "./KeepForm";
import { SlipForm } from "./SlipForm";
import { TrackBox } from "./TrackBox";
import { drawable, isAccounted, isMade, lacking } from "./tracks";

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

export const SettleForm = (props: {
  card: OrderCard;
  tracks: OrderTracks;
  /** Keeps what is left there for the next order first; missing where that may not be done. */
  onKeep?: (() => void) | undefined;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { id, number } = props.card.row;
  const [reason, setReason] = useState("");
  const settle = useAct("order.settle_losses", {
    quiet: true,
    said: () => t("saidSettled", { number }),
  });
  const { materials } = props.tracks;
  const missing = materials.filter((one) => one.suppliedBy === "brand" && one.missing > 0);
  // What is still to come would be reckoned as lost, unless somebody says why it does not come.
  const short = !isAccounted(props.card, props.tracks);
  const ready = !short || reason.trim() !== "";
  const submit = (): void => {
    if (!ready || settle.busy) return;
    void settle.run({ id, reason: reason.trim() || null }).then((done) => done && props.onClose());
  };
  return (
    <Dialog
      width={460}
      title={t("settleTitle", { number })}
      okText={t("settle")}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={settle.busy}
      onOk={submit}
      onCancel={props.onClose}
    >
      <p>{t(missing.length > 0 ? "settleText" : "settleNothing")}</p>
      <ul className="track-list">
        {missing.map((one) => (
          <li key={one.material} className="figure">
            {t("settleLine", {
              code: one.code,
              missing: format.qty(one.missing),
              allowed: format.qty(one.allowed),
              claimed: format.qty(one.missing - one.allowed),
            })}
            {one.left > 0 && (
              <div className="tone-amber">
                {t("settleHeld", { units: format.qty(one.left) })}{" "}
                {props.onKeep && <InlineLink onClick={props.onKeep}>{t("keep")}</InlineLink>}
              </div>
            )}
          </li>
        ))}
      </ul>
      {settle.error && <ErrorView error={settle.error} />}
      {short && <p className="tone-amber">{t("settleShort")}</p>}
      <Input
        data-first
        value={reason}
        placeholder={t(short ? "settleReason" : "settleNote")}
        aria-label={t(short ? "settleReason" : "settleNote")}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={(event) => {
          if (!isComposing(event.nativeEvent)) submit();
        }}
      />
    </Dialog>
  );
};

type Open = "issue" | "return" | "keep" | "draw" | "settle" | "keepFirst" | null;

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
            {live && may("handle") && ours.some((one) => drawable(one) > 0) && (
              <Button size="small" onClick={() => setOpen("draw")}>
                {t("draw")}
              </Button>
            )}
            {may("approve") && !tracks.lossesSettled && ours.some(({ issued }) => issued > 0) && (
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
            <MaterialBlock key={material.material} material={material} made={isMade(tracks)} />
          ))}
        </ul>
      )}
      {tracks.lossesSettled && <Tag tone="green">{t("state.settled")}</Tag>}
      {open === "settle" && (
        <SettleForm
          card={card}
          tracks={tracks}
          onKeep={may("handle") ? () => setOpen("keepFirst") : undefined}
          onClose={close}
        />
      )}
      {(open === "keep" || open === "keepFirst" || open === "draw") && (
        <KeepForm
          card={card}
          materials={ours}
          way={open === "draw" ? "draw" : "keep"}
          onClose={() => setOpen(open === "keepFirst" ? "settle" : null)}
        />
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
