/** A page of master data: a table by code and name, from which each record is opened and changed. */
import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, Id } from "../../contract";
import { InlineLink } from "../../kit/Figures";
import { Answer } from "../../kit/Screen";

export type RecordColumn<R> = {
  title: string;
  numeric?: boolean;
  cell: (record: R) => ReactNode;
};

export const Records = <R extends { id: Id; fields: { code: string; name: string } }>(props: {
  query: UseQueryResult<R[], AppError>;
  addText: string;
  /** Behind code and name. */
  columns: RecordColumn<R>[];
  /** The dialog for a record, or for a new one. */
  form: (record: R | null, close: () => void) => ReactNode;
}): ReactNode => {
  const { t } = useTranslation("settings");
  const [editing, setEditing] = useState<R | "new" | null>(null);
  const tone = (column: RecordColumn<R>): string => (column.numeric ? "numeric" : "");
  return (
    <>
      <div className="settings-acts">
        <Button type="primary" onClick={() => setEditing("new")}>
          {props.addText}
        </Button>
      </div>
      <Answer query={props.query} rows={6}>
        {(records) => (
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("code")}</th>
                <th>{t("name")}</th>
                {props.columns.map((column) => (
                  <th key={column.title} className={tone(column)}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr key={record.id}>
                  <td>{record.fields.code}</td>
                  <td>
                    <InlineLink onClick={() => setEditing(record)}>{record.fields.name}</InlineLink>
                  </td>
                  {props.columns.map((column) => (
                    <td key={column.title} className={tone(column)}>
                      {column.cell(record)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
      {editing && props.form(editing === "new" ? null : editing, () => setEditing(null))}
    </>
  );
};
