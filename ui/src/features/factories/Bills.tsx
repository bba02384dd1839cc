/** Bills that were posted, each with what of it fell to which lot. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BillRow } from "../../contract";
import { Attachments } from "../../kit/Attachments";
import { DayText, InlineLink, Money } from "../../kit/Figures";
import { useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

const Split = (props: { bill: BillRow }): ReactNode => {
  const go = useGo();
  return (
    <>
      {props.bill.shares.map((share) => (
        <span key={share.lot} className="held-lot">
          <InlineLink onClick={() => go(`/stock/lot/${share.lot}`)}>{share.lotNo}</InlineLink>{" "}
          <Money amount={share.amount} />
        </span>
      ))}
    </>
  );
};

const Row = (props: { bill: BillRow; open: boolean; onOpen: () => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const { word } = useWords();
  const { bill } = props;
  return (
    <>
      <tr>
        <td>
          <DayText day={bill.datedOn} />
        </td>
        <td>{bill.number}</td>
        <td>{bill.partner || "–"}</td>
        <td>{bill.note}</td>
        <td>{word("basis", bill.basis)}</td>
        <td className="numeric">
          <Money amount={bill.amount} />
        </td>
        <td>
          <InlineLink onClick={props.onOpen}>
            {t("split", { count: bill.shares.length })}
          </InlineLink>
        </td>
      </tr>
      {props.open && (
        <tr>
          <td colSpan={7} className="bill-split">
            <Split bill={bill} />
            <Attachments kind="bill" id={bill.id} />
          </td>
        </tr>
      )}
    </>
  );
};

export const Bills = (): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const bills = useCall("bill.list", {});
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Answer query={bills} rows={3}>
      {(rows) =>
        rows.length === 0 ? (
          <p className="quiet">{t("noBills")}</p>
        ) : (
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("datedOn")}</th>
                <th>{t("billNumber")}</th>
                <th>{t("partner")}</th>
                <th>{t("note")}</th>
                <th>{t("basis")}</th>
                <th className="numeric">{t("amount", { currency })}</th>
                <th>{t("billFor")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((bill) => (
                <Row
                  key={bill.id}
                  bill={bill}
                  open={open === bill.id || (open === null && bill === rows[0])}
                  onOpen={() => setOpen(open === bill.id ? "" : bill.id)}
                />
              ))}
            </tbody>
          </table>
        )
      }
    </Answer>
  );
};
