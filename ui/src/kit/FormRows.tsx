/** Rows of fields inside a record's form: each can go, and another can be added. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./work.css";

export const FormRows = (props: {
  name: string;
  label: string;
  addText: string;
  /** What a new row holds. */
  blank: object;
  /** Widths of the fields, as a grid has them. */
  widths: string;
  /** The fields of the row at a place. */
  children: (at: number) => ReactNode;
}): ReactNode => {
  const { t } = useTranslation("kit");
  return (
    <Form.List name={props.name}>
      {(fields, { add, remove }) => (
        <Form.Item label={props.label}>
          {fields.map(({ key, name }) => (
            <div
              key={key}
              className="typed-row"
              style={{ gridTemplateColumns: `${props.widths} 32px` }}
            >
              {props.children(name)}
              <Button
                type="text"
                aria-label={t("remove")}
                icon={<DeleteOutlined />}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add(props.blank)}>
            {props.addText}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
};
