/**
 * Terms in a table, what holds today marked; who may opens one or adds another, and who may not sees
 * the files of one.
 */
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Attachments, type FilesKind } from "../Attachments";
import { Part } from "../Detail";
import { InlineLink } from "../Figures";
import { Tag } from "../StatusTag";
import "./terms.css";

export type TermsColumn<R> = {
  head: string;
  numeric?: boolean;
  cell: (row: R) => ReactNode;
};

type Props<R> = {
  title: string;
  /** What kind of document they are. */
  kind: FilesKind;
  addText: string;
  mayAdd: boolean;
  mayOpen: boolean;
  /** Nothing while they are asked for. */
  rows: R[] | undefined;
  emptyText: string;
  /** Whether it holds today. */
  holds: (row: R) => boolean;
  /** The column by which one is opened, with a quiet line under its name. */
  name: { head: string; of: (row: R) => string; under?: (row: R) => ReactNode };
  columns: TermsColumn<R>[];
  /** The form of one, or of a new one. */
  form: (row: R | null, onClose: () => void) => ReactNode;
};

const Row = <R extends { id: string | null }>(props: {
  row: R;
  list: Props<R>;
  onOpen: () => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const [unfolded, setUnfolded] = useState(false);
  const { row, list, onOpen } = props;
  const { name, columns, mayOpen } = list;
  const holds = list.holds(row);
  return (
    <>
      <tr className={holds ? "" : "terms-gone"}>
        <td>
          <InlineLink onClick={mayOpen ? onOpen : () => setUnfolded(!unfolded)}>
            {name.of(row)}
          </InlineLink>{" "}
          {holds && <Tag tone="green">{t("current")}</Tag>}
          {name.under && <div className="quiet">{name.under(row)}</div>}
        </td>
        {columns.map(({ head, numeric, cell }) => (
          <td key={head} className={numeric ? "numeric" : ""}>
            {cell(row)}
          </td>
        ))}
      </tr>
      {unfolded && !mayOpen && row.id !== null && (
        <tr>
          <td colSpan={columns.length + 1} className="paper-files">
            <Attachments kind={list.kind} id={row.id} asked />
          </td>
        </tr>
      )}
    </>
  );
};

export const TermsList = <R extends { id: string | null }>(props: Props<R>): ReactNode => {
  const { rows, name, columns } = props;
  const [open, setOpen] = useState<R | "new" | null>(null);
  const add = props.mayAdd && (
    <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
      {props.addText}
    </Button>
  );
  return (
    <Part title={props.title} acts={add}>
      {rows && rows.length > 0 ? (
        <table className="plain-table terms-table">
          <thead>
            <tr>
              <th>{name.head}</th>
              {columns.map(({ head, numeric }) => (
                <th key={head} className={numeric ? "numeric" : ""}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} list={props} onOpen={() => setOpen(row)} />
            ))}
          </tbody>
        </table>
      ) : (
        rows && <p className="terms-empty">{props.emptyText}</p>
      )}
      {open !== null && props.form(open === "new" ? null : open, () => setOpen(null))}
    </Part>
  );
};
