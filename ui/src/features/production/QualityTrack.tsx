/** What came and waits for a decision, what was decided, and what the partner still replaces. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderCard, OrderTracks, TallyRow, WaitingLot } from "../../contract";
import { DayText, InlineLink, Qty, type Tone } from "../../kit/Figures";
import { useGo } from "../../kit/links";
import { useNotices } from "../../kit/Notices";
import { usePaper } from "../../kit/paper/usePaper";
import { StatusTag, Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { DecideForm } from "./DecideForm";
import { TrackBox } from "./TrackBox";
import { byPlace } from "./tracks";

const TONES: Record<string, Tone> = {
  accept: "green",
  concession: "amber",
  reject: "red",
  return: "red",
  scrap: "red",
};

const Waiting = (props: { lots: WaitingLot[]; onDecide: (() => void) | null }): ReactNode => {
  const { t } = useTranslation("production");
  const go = useGo();
  const { lots, onDecide } = props;
  return (
    <>
      <div className="track-line">
        <h4>{t("waitingAt", { place: lots[0]?.placeCode ?? "" })}</h4>
        {onDecide && (
          <Button size="small" onClick={onDecide}>
            {t("decide")}
          </Button>
        )}
      </div>
      <ul className="track-list">
        {lots.map((lot) => (
          <li key={`${lot.lot}-${lot.status}`} className="track-line">
            <span>
              <InlineLink onClick={() => go(`/stock/lot/${lot.lot}`)}>{lot.lotNo}</InlineLink>{" "}
              <StatusTag status={lot.status} quiet />
            </span>
            <Qty value={lot.qty} zero="0" />
          </li>
        ))}
      </ul>
    </>
  );
};

const Decisions = (props: { tracks: OrderTracks }): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { may } = useSession();
  const notices = useNotices();
  const paper = usePaper();
  const { decisions } = props.tracks;
  const print = (id: string, number: string): void =>
    paper.show({ kind: "return_note", id, number });
  if (decisions.length === 0) return null;
  return (
    <>
      {paper.preview}
      <h4>{t("decisions")}</h4>
      <ul className="track-list">
        {decisions.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one entry may decide a lot more than once
          <li key={`${one.entry}-${at}`}>
            <div className="track-line">
              <span className="inline-choice">
                <Tag tone={TONES[one.decision] ?? "grey"}>{word("decision", one.decision)}</Tag>
                {one.settleBy !== null && (
                  <span className="quiet">{word("settle_by", one.settleBy)}</span>
                )}
                {one.lotNo}
              </span>
              <Qty value={one.qty} zero="0" />
            </div>
            <div className="track-line quiet">
              <span>
                <DayText day={one.day} /> {one.reason}
              </span>
              <span className="track-acts">
                {one.decision === "return" && one.returnNumber !== null && (
                  <InlineLink onClick={() => print(one.entry, one.returnNumber ?? "")}>
                    {t("paperReturn")}
                  </InlineLink>
                )}
                {may("approve") && (
                  <InlineLink onClick={() => notices.reverse(one.entry)}>{t("reverse")}</InlineLink>
                )}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
};

const TALLIES = ["came", "passed", "failed", "returned", "credited", "replaced", "spoilt"] as const;

/** All lines together; a figure that is nothing says nothing. */
export const tallied = (rows: TallyRow[]): [(typeof TALLIES)[number], number][] =>
  TALLIES.map((id): [(typeof TALLIES)[number], number] => [
    id,
    rows.reduce((sum, row) => sum + row[id], 0),
  ]).filter(([id, units]) => units !== 0 || id === "came");

const Replacements = (props: { tracks: OrderTracks }): ReactNode => {
  const { t } = useTranslation("production");
  const { replacements } = props.tracks;
  if (replacements.length === 0) return null;
  return (
    <>
      <h4>{t("openReplacements")}</h4>
      <ul className="track-list">
        {replacements.map((one) => (
          <li key={one.lot} className="track-line">
            {one.lotNo}
            <Qty value={one.qty} tone="amber" />
          </li>
        ))}
      </ul>
    </>
  );
};

export const QualityTrack = (props: { card: OrderCard; tracks: OrderTracks }): ReactNode => {
  const { t } = useTranslation("production");
  const { may } = useSession();
  const [deciding, setDeciding] = useState<WaitingLot[] | null>(null);
  const { card, tracks } = props;
  return (
    <TrackBox title={t("track.quality")}>
      <dl className="track-figures">
        {tallied(tracks.tallies).map(([id, units]) => (
          <div key={id}>
            <dt>{t(`tally.${id}`)}</dt>
            <dd>
              <Qty value={units} />
            </dd>
          </div>
        ))}
      </dl>
      {byPlace(tracks.waiting).map((lots) => (
        <Waiting
          key={lots[0]?.place}
          lots={lots}
          onDecide={may("approve") ? () => setDeciding(lots) : null}
        />
      ))}
      <Replacements tracks={tracks} />
      <Decisions tracks={tracks} />
      {deciding && <DecideForm card={card} waiting={deciding} onClose={() => setDeciding(null)} />}
    </TrackBox>
  );
};
