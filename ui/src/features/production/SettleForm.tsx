/** Losses of an order's materials are settled; what is still there is kept for the next one first. */
import { Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderCard, OrderTracks } from "../../contract";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import { InlineLink } from "../../kit/Figures";
import * as format from "../../kit/format";
import { isComposing } from "../../kit/keys";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { KeepForm } from "./KeepForm";
import { isAccounted } from "./tracks";

export const SettleForm = (props: {
  card: OrderCard;
  tracks: OrderTracks;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { id, number } = props.card.row;
  const { may } = useSession();
  const [reason, setReason] = useState("");
  const [way, setWay] = useState<"keep" | "draw" | null>(null);
  const settle = useAct("order.settle_losses", {
    quiet: true,
    said: () => t("saidSettled", { number }),
  });
  const { materials } = props.tracks;
  // Whose loss it is nobody can say until what the goods took beyond is drawn or sent.
  const over = materials.filter((one) => one.over > 0);
  const missing = materials.filter((one) => one.suppliedBy === "brand" && one.missing > 0);
  // What is still to come would be reckoned as lost, unless somebody says why it does not come.
  const short = !isAccounted(props.card, props.tracks);
  const ready = !short || reason.trim() !== "";
  const submit = (): void => {
    if (!ready || settle.busy) return;
    void settle.run({ id, reason: reason.trim() || null }).then((done) => done && props.onClose());
  };
  if (way) {
    const back = (): void => setWay(null);
    return <KeepForm card={props.card} tracks={props.tracks} way={way} onClose={back} />;
  }
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
      {over.length === 0 && <p>{t(missing.length > 0 ? "settleText" : "settleNothing")}</p>}
      <ul className="track-list">
        {over.map((one) => (
          <li key={`over ${one.material}`} className="tone-amber">
            {t("settleOver", { code: one.code, units: format.qty(one.over) })}{" "}
            {may("handle") && one.drawable > 0 && (
              <InlineLink onClick={() => setWay("draw")}>{t("draw")}</InlineLink>
            )}
          </li>
        ))}
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
                {may("handle") && (
                  <InlineLink onClick={() => setWay("keep")}>{t("keep")}</InlineLink>
                )}
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
