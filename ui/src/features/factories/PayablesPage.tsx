/** What is to be paid and when, which invoices are missing, and bills spread over lots. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwedBackRow, PayableRow } from "../../contract";
import { Part } from "../../kit/Detail";
import { DayText, InlineLink, Money } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { termText } from "../../kit/terms/says";
import { useWords } from "../../kit/words";
import { BillForm } from "./BillForm";
import { Bills } from "./Bills";
import { type Billed, InvoiceForm } from "./InvoiceForm";
import { Invoices } from "./Invoices";
import { byDueDay, isOpen, payableSums } from "./payables";
import { Tab } from "./Tab";

/** Late, soon, later, and what waits for something to happen. */
const Sums = (props: { rows: PayableRow[] }): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const sums = payableSums(props.rows);
  const figures = [
    [t("late"), sums.late, "red"],
    [t("soon"), sums.soon, "amber"],
    [t("later30"), sums.later, ""],
    [t("planned"), sums.planned, ""],
  ] as const;
  return (
    <dl className="pay-sums">
      {figures.map(([name, amount, tone]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={tone !== "" && isOpen(amount) ? `figure tone-${tone}` : "figure"}>
            {format.money(amount, currency)}
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Row = (props: { row: PayableRow }): ReactNode => {
  const { t } = useTranslation("factories");
  const terms = useTranslation("terms").t;
  const words = useWords();
  const go = useGo();
  const { row } = props;
  const { due, lateDays } = row;
  const late = lateDays !== null && lateDays > 0;
  return (
    <tr>
      <td>
        <DayText day={due.dueOn} {...(late ? { tone: "red" as const } : {})} />
      </td>
      <td className="numeric">{late && <Tag tone="red">{format.qty(lateDays)}</Tag>}</td>
      <td>
        <InlineLink onClick={() => go(`/production/${row.order}`)}>{row.number}</InlineLink>
      </td>
      <td>{row.partner}</td>
      <td>
        {termText(terms, words, due.says)}{" "}
        {due.shipment !== null && (
          <span className="quiet">{t("shipment", { number: due.shipment + 1 })}</span>
        )}
      </td>
      <td>
        <Tag tone={due.state === "due" || due.state === "part_paid" ? "amber" : "grey"}>
          {words.word("due_state", due.state)}
        </Tag>
      </td>
      <td className="numeric">
        <Money amount={due.amount} />
      </td>
      <td className="numeric">{isOpen(due.paid) ? <Money amount={due.paid} /> : "–"}</td>
      <td className="numeric">{isOpen(due.setOff) ? <Money amount={due.setOff} /> : "–"}</td>
      <td className="numeric">
        <strong>
          <Money amount={due.open} />
        </strong>
      </td>
    </tr>
  );
};

const Payables = (props: { rows: PayableRow[] }): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const rows = byDueDay(props.rows.filter(({ due }) => isOpen(due.open)));
  if (rows.length === 0) return <p className="quiet">{t("nothingDue")}</p>;
  return (
    <>
      <Sums rows={rows} />
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("dueOn")}</th>
            <th className="numeric">{t("lateDays")}</th>
            <th>{t("orderNo")}</th>
            <th>{t("partner")}</th>
            <th>{t("what")}</th>
            <th>{t("state")}</th>
            <th className="numeric">{t("amount", { currency })}</th>
            <th className="numeric">{t("paid", { currency })}</th>
            <th className="numeric">{t("setOff", { currency })}</th>
            <th className="numeric">{t("open", { currency })}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.order} ${row.due.term} ${row.due.shipment}`} row={row} />
          ))}
        </tbody>
      </table>
    </>
  );
};

/** What partners owe back on orders that ended, until a refund is recorded there. */
const OwedBack = (props: { rows: OwedBackRow[] }): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const go = useGo();
  if (props.rows.length === 0) return null;
  return (
    <Part title={t("owedBack")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("endedOn")}</th>
            <th>{t("orderNo")}</th>
            <th>{t("partner")}</th>
            <th className="numeric">{t("owed", { currency })}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.order}>
              <td>
                <DayText day={row.since} />
              </td>
              <td>
                <InlineLink onClick={() => go(`/production/${row.order}`)}>{row.number}</InlineLink>
              </td>
              <td>{row.partner}</td>
              <td className="numeric">
                <strong className="tone-amber">
                  <Money amount={row.amount} />
                </strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
};

export const PayablesPage = (): ReactNode => {
  const { t } = useTranslation("factories");
  const { may } = useSession();
  const payables = useCall("order.payables", {});
  const owed = useCall("order.owed_back", {}).data ?? [];
  const [billing, setBilling] = useState(false);
  const [invoicing, setInvoicing] = useState<Billed | "new" | null>(null);
  const acts = may("approve") && (
    <>
      <Button onClick={() => setBilling(true)}>{t("postBill")}</Button>
      <Button onClick={() => setInvoicing("new")}>{t("saveInvoice")}</Button>
    </>
  );
  return (
    <Tab tab="payables" acts={acts}>
      <Answer query={payables} rows={8}>
        {(rows) => <Payables rows={rows} />}
      </Answer>
      <OwedBack rows={owed} />
      <Invoices onRegister={may("approve") ? setInvoicing : null} />
      <Part title={t("bills")}>
        <Bills />
      </Part>
      {billing && <BillForm onClose={() => setBilling(false)} />}
      {invoicing !== null && (
        <InvoiceForm
          billed={invoicing === "new" ? null : invoicing}
          onClose={() => setInvoicing(null)}
        />
      )}
    </Tab>
  );
};
