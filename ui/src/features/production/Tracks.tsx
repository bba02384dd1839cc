/** The four tracks of an order side by side, and where each stands in one line above them. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrderAccountCard, OrderCard, OrderTracks } from "../../contract";
import * as format from "../../kit/format";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { MakingTrack } from "./MakingTrack";
import { MaterialTrack } from "./MaterialTrack";
import { MoneyTrack } from "./MoneyTrack";
import { QualityTrack } from "./QualityTrack";
import { type TrackState, trackStates } from "./tracks";

type Props = { card: OrderCard; tracks: OrderTracks; account: OrderAccountCard | null };

const useSaid = (): ((state: TrackState) => string) => {
  const { t } = useTranslation("production");
  const { currency } = useSession();
  const { word } = useWords();
  return ({ track, code, value }) => {
    const shown =
      typeof value === "number"
        ? format.qty(value)
        : track === "making"
          ? word("milestone", value)
          : format.money(value, currency);
    // The codes are those of trackStates.
    const lookup = t as unknown as (key: string, args: { value: string }) => string;
    return lookup(`state.${code}`, { value: value === "" ? "" : shown });
  };
};

/** Whether it is made for us, out of our materials too; what is bought has none. */
const isProduced = ({ row }: OrderCard): boolean => row.kind === "production";

const Strip = (props: Props): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const said = useSaid();
  const all = trackStates(props.tracks, props.account, status.today);
  const states = all.filter(({ track }) => track !== "materials" || isProduced(props.card));
  return (
    <ul className="track-strip">
      {states.map((state) => (
        <li key={state.track} className={`strip-${state.tone}`}>
          <span className="quiet">{t(`track.${state.track}`)}</span>
          <strong>{said(state)}</strong>
        </li>
      ))}
    </ul>
  );
};

export const Tracks = (props: Props): ReactNode => {
  const { card, tracks, account } = props;
  return (
    <>
      <Strip {...props} />
      <div className="tracks">
        <MoneyTrack card={card} tracks={tracks} account={account} />
        {isProduced(card) && <MaterialTrack card={card} tracks={tracks} />}
        <MakingTrack card={card} tracks={tracks} />
        <QualityTrack card={card} tracks={tracks} />
      </div>
    </>
  );
};
