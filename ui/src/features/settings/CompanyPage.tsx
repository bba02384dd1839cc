/** The company's own data, as documents print them. */
import { Button, Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Company } from "../../contract";
import { useAct, useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";

const CompanyForm = (props: { company: Company }): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const save = useAct("company.save");
  const submit = (texts: Company): void => {
    const gs1Prefix = texts.gs1Prefix?.trim() ?? "";
    void save.run({
      ...props.company,
      ...texts,
      gs1Prefix: gs1Prefix === "" ? null : gs1Prefix,
    });
  };
  return (
    <Form
      layout="vertical"
      className="settings-form dense-form"
      initialValues={props.company}
      onFinish={submit}
    >
      <div className="form-row two">
        <Form.Item
          name="nameZh"
          label={t("nameZh")}
          rules={[{ required: true, whitespace: true, message: kit("required") }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="nameEn" label={t("nameEn")}>
          <Input />
        </Form.Item>
      </div>
      <div className="form-row two">
        <Form.Item name="taxNo" label={t("taxNo")}>
          <Input />
        </Form.Item>
        <Form.Item name="phone" label={t("phone")}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item name="address" label={t("address")}>
        <Input />
      </Form.Item>
      <div className="form-row two">
        <Form.Item label={t("currency")}>
          <Input value={props.company.currency} disabled />
        </Form.Item>
        <Form.Item name="gs1Prefix" label={t("gs1Prefix")} extra={t("gs1Hint")}>
          <Input inputMode="numeric" />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={save.busy}>
        {kit("save")}
      </Button>
    </Form>
  );
};

export const CompanyPage = (): ReactNode => {
  const company = useCall("company.get", {});
  return (
    <Answer query={company} rows={6}>
      {(data) => <CompanyForm key={JSON.stringify(data)} company={data} />}
    </Answer>
  );
};
