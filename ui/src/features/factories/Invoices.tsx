/** What came without an invoice, and the invoices that were recorded. */
import { useQueries } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, InvoiceRow, OrderAccountCard, OrderRow } from "../../contract";
import { call } from "../../host";
import { Attachments } from "../../kit/Attachments";
import { Part } from "../../kit/Detail";
import { sumOf } from "../../kit/decimal";
import { DayText, InlineLink, Money } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import type { Billed } from "./InvoiceForm";
import { hasLots, isOpen, ordersOf, shareOfTax } from "./payables";

/** Orders looked at for missing invoices: older ones have long been settled. */
const LOOKED_AT = 120;

type Waiting = { order: OrderRow; account: OrderAccountCard };

/** The orders of which goods came without an invoice. */
const useWaiting = (): Waiting[] => {
  const orders = ordersOf(useCall("order.list", {}).data ?? [], hasLots).slice(0, LOOKED_AT);
  const accounts = useQueries({
    queries: orders.map(({ id }) => ({
      queryKey: ["order.account", { id }],
      queryFn: (): Promise<OrderAccountCard> => call("order.account", { id }),
    })),
  });
  return orders.flatMap((order, at) => {
    const account = accounts[at]?.data;
    return account && isOpen(account.notInvoiced) ? [{ order, account }] : [];
  });
};

const WaitingRow = (props: {
  waiting: Waiting;
  onRegister: ((billed: Billed) => void) | null;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const go = useGo();
  const { onRegister } = props;
  const { order, account } = props.waiting;
  const split = shareOfTax(account.notInvoiced, account.taxRatePpm);
  return (
    <tr>
      <td>
        <InlineLink onClick={() => go(`/production/${order.id}`)}>{order.number}</InlineLink>
      </td>
      <td>{order.factoryName}</td>
      <td>{order.goods}</td>
      <td className="numeric">
        <Money amount={account.notInvoiced} />
      </td>
      <td className="numeric">
        {onRegister && (
          <InlineLink
            onClick={() => onRegister({ partner: order.factory, order: order.id, ...split })}
          >
            {t("register")}
          </InlineLink>
        )}
      </td>
    </tr>
  );
};

const Missing = (props: { onRegister: ((billed: Billed) => void) | null }): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const waiting = useWaiting();
  const sum = sumOf(waiting.map(({ account }) => account.notInvoiced));
  return (
    <Part title={t("waiting")}>
      {waiting.length === 0 ? (
        <p className="quiet">{t("noneWaiting")}</p>
      ) : (
        <>
          <p className="answer-line tone-amber">
            {t("waitingLine", { value: format.money(sum, currency) })}
          </p>
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("orderNo")}</th>
                <th>{t("partner")}</th>
                <th>{t("goods")}</th>
                <th className="numeric">{t("notInvoiced", { currency })}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {waiting.map((one) => (
                <WaitingRow key={one.order.id} waiting={one} onRegister={props.onRegister} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Part>
  );
};

const Row = (props: { invoice: InvoiceRow; open: boolean; onOpen: () => void }): ReactNode => {
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const { invoice } = props;
  return (
    <>
      <tr>
        <td>
          <DayText day={invoice.date} />
        </td>
        <td>{invoice.number}</td>
        <td>{invoice.partner}</td>
        <td>{word("invoice_kind", invoice.kind)}</td>
        <td>{invoice.orders.join(", ")}</td>
        <td className="numeric">
          <Money amount={invoice.net} />
        </td>
        <td className="numeric">
          <Money amount={invoice.tax} />
        </td>
        <td className="numeric">
          <Money amount={invoice.gross} />
        </td>
        <td className="numeric">
          <InlineLink onClick={props.onOpen}>{kit("attachments")}</InlineLink>
        </td>
      </tr>
      {props.open && (
        <tr>
          <td colSpan={9} className="paper-files">
            <Attachments kind="invoice" id={invoice.id} asked />
          </td>
        </tr>
      )}
    </>
  );
};

const Recorded = (): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const [open, setOpen] = useState<Id | null>(null);
  const invoices = useCall("invoice.list", {});
  return (
    <Answer query={invoices} rows={3}>
      {(rows) =>
        rows.length === 0 ? (
          <p className="quiet">{t("noInvoices")}</p>
        ) : (
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("datedOn")}</th>
                <th>{t("invoiceNumber")}</th>
                <th>{t("partner")}</th>
                <th>{t("invoiceKind")}</th>
                <th>{t("orders")}</th>
                <th className="numeric">{t("net", { currency })}</th>
                <th className="numeric">{t("tax", { currency })}</th>
                <th className="numeric">{t("gross", { currency })}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((invoice) => (
                <Row
                  key={invoice.id}
                  invoice={invoice}
                  open={open === invoice.id}
                  onOpen={() => setOpen(open === invoice.id ? null : invoice.id)}
                />
              ))}
            </tbody>
          </table>
        )
      }
    </Answer>
  );
};

export const Invoices = (props: { onRegister: ((billed: Billed) => void) | null }): ReactNode => {
  const { t } = useTranslation("factories");
  return (
    <>
      <Missing onRegister={props.onRegister} />
      <Part title={t("invoices")}>
        <Recorded />
      </Part>
    </>
  );
};
