/** The form of the step that an order waits for, from whichever of its tracks. */
import type { ReactNode } from "react";
import type { DocLink, OrderAccountCard, OrderCard, OrderTracks } from "../../contract";
import { ClaimForm } from "./Claims";
import { DecideForm } from "./DecideForm";
import { KeepForm } from "./KeepForm";
import { PayForm } from "./MoneyForms";
import { ReceiveForm } from "./ReceiveForm";
import { SettleForm } from "./SettleForm";
import { SlipForm } from "./SlipForm";
import { byPlace, type DueStep, isOpen } from "./tracks";

export const DueForm = (props: {
  step: DueStep;
  card: OrderCard;
  tracks: OrderTracks;
  account: OrderAccountCard | null;
  onSlip: (slip: DocLink | null) => void;
  onClose: () => void;
}): ReactNode => {
  const { step, tracks, account, onSlip, ...form } = props;
  const materials = tracks.materials.filter(({ suppliedBy }) => suppliedBy === "brand");
  const due = account?.dues.find(isOpen);
  const [waiting] = byPlace(tracks.waiting);
  if (step === "receive") return <ReceiveForm {...form} />;
  if (step === "issue")
    return <SlipForm {...form} materials={materials} way="issue" onPosted={onSlip} />;
  if (step === "draw") return <KeepForm {...form} tracks={tracks} way="draw" />;
  if (step === "settle") return <SettleForm {...form} tracks={tracks} />;
  if (step === "decide" && waiting) return <DecideForm {...form} waiting={waiting} />;
  if (account === null) return null;
  if (step === "claim")
    return <ClaimForm {...form} claims={account.claims} currency={account.currency} />;
  return step === "pay" && due ? <PayForm {...form} account={account} due={due} /> : null;
};
