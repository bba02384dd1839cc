/** The factory's promise: the day on which the goods will be ready. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import * as format from "../../kit/format";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";

export const AcceptForm = (props: { card: OrderCard; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { row } = props.card;
  const [day, setDay] = useState(row.promisedOn);
  const accept = useAct("order.accept", {
    quiet: true,
    said: () => t("saidAccepted", { number: row.number }),
  });
  const submit = async (): Promise<void> => {
    if (day === null) return;
    const done = await accept.run({ id: row.id, promisedOn: day });
    if (done) props.onClose();
  };
  return (
    <Dialog
      width={400}
      title={t(row.state === "accepted" ? "newPromiseTitle" : "acceptTitle", {
        number: row.number,
      })}
      okText={t(row.state === "accepted" ? "newPromise" : "accept")}
      okButtonProps={{ disabled: day === null }}
      confirmLoading={accept.busy}
      onOk={() => void submit()}
      onCancel={props.onClose}
    >
      <form
        className="promise-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <span>{t("promisedOn")}</span>
        <DayInput value={day} onChange={setDay} label={t("promisedOn")} first />
        <span className="quiet">
          {day !== null && t("inDays", { count: format.daysBetween(status.today, day) })}
        </span>
      </form>
      {accept.error && <ErrorView error={accept.error} />}
    </Dialog>
  );
};
