/** The steps of making: planned for, reached on, and the click that sets them. */
import { Form } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, MilestoneRow, OrderCard, OrderTracks } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import { DayText, InlineLink } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useAct } from "../../kit/query";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { MILESTONES } from "../../kit/terms/check";
import { useWords } from "../../kit/words";
import { TrackBox } from "./TrackBox";
import { isPlannable } from "./tracks";

const SetForm = (props: { card: OrderCard; row: MilestoneRow; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { card, row, onClose } = props;
  const [planned, setPlanned] = useState<Day | null>(row.plannedOn);
  const [reached, setReached] = useState<Day | null>(row.reachedOn);
  const what = word("milestone", row.milestone);
  const set = useAct("order.milestone", { quiet: true, said: () => t("saidMilestone", { what }) });
  const submit = async (): Promise<void> => {
    const milestone = { ...row, plannedOn: planned, reachedOn: reached };
    if (await set.run({ id: card.row.id, milestone })) onClose();
  };
  return (
    <Dialog
      width={400}
      title={t("milestoneTitle", { number: card.row.number, what })}
      okText={t("set")}
      confirmLoading={set.busy}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Form layout="vertical" className="dense-form" component="div">
          <div className="form-row two">
            <Form.Item label={t("plannedOn")}>
              <DayInput value={planned} onChange={setPlanned} label={t("plannedOn")} first />
            </Form.Item>
            <Form.Item label={t("reachedOn")}>
              <DayInput value={reached} onChange={setReached} label={t("reachedOn")} />
            </Form.Item>
          </div>
        </Form>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
      {set.error && <ErrorView error={set.error} />}
    </Dialog>
  );
};

const When = (props: { row: MilestoneRow }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { plannedOn, reachedOn } = props.row;
  if (reachedOn !== null) {
    const late = plannedOn === null ? 0 : format.daysBetween(plannedOn, reachedOn);
    return (
      <span className="track-acts">
        {late > 0 && <Tag tone="amber">{t("afterPlan", { count: late })}</Tag>}
        <DayText day={reachedOn} />
      </span>
    );
  }
  if (plannedOn === null) return <span className="quiet">–</span>;
  const over = plannedOn < status.today;
  return (
    <span className={over ? "tone-red figure" : "quiet figure"}>
      {t("plannedFor", { day: plannedOn })}
    </span>
  );
};

export const MakingTrack = (props: { card: OrderCard; tracks: OrderTracks }): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { may, status } = useSession();
  const [setting, setSetting] = useState<MilestoneRow | null>(null);
  const { card, tracks } = props;
  const set = useAct("order.milestone", { said: () => t("saidReached") });
  const acts = card.row.state === "accepted" && may("handle");
  const rows = MILESTONES.map(
    (milestone): MilestoneRow =>
      tracks.milestones.find((row) => row.milestone === milestone) ?? {
        milestone,
        plannedOn: null,
        reachedOn: null,
      },
  );
  const unplanned = rows.every((row) => row.plannedOn === null && row.reachedOn === null);
  const following = rows.find(({ reachedOn }) => reachedOn === null);
  const reach = (row: MilestoneRow): void =>
    void set.run({ id: card.row.id, milestone: { ...row, reachedOn: status.today } });
  return (
    <TrackBox title={t("track.making")}>
      <ol className="steps">
        {rows.map((row) => (
          <li key={row.milestone} className={row.reachedOn === null ? "" : "step-reached"}>
            <div className="track-line">
              {acts ? (
                <InlineLink onClick={() => setSetting(row)}>
                  {word("milestone", row.milestone)}
                </InlineLink>
              ) : (
                <span>{word("milestone", row.milestone)}</span>
              )}
              <When row={row} />
            </div>
            {acts && row === following && (
              <div className="step-act">
                <InlineLink onClick={() => reach(row)}>{t("reachedToday")}</InlineLink>
              </div>
            )}
          </li>
        ))}
      </ol>
      {acts && unplanned && isPlannable(tracks) && <p className="quiet">{t("planHint")}</p>}
      {setting && <SetForm card={card} row={setting} onClose={() => setSetting(null)} />}
    </TrackBox>
  );
};
