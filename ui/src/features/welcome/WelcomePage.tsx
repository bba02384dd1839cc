/** No workspace is open: begin a new one, open a file, look at the demo, or go on where one was. */
import { FileOutlined } from "@ant-design/icons";
import { Button, Form, Input, Segmented, Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WorkspaceStatus } from "../../contract";
import type { FileKind } from "../../host";
import { switchLanguage } from "../../i18n";
import { JobBar } from "../../kit/JobBar";
import { useGo } from "../../kit/links";
import { useOpenWorkspace } from "../../kit/OpenWorkspace";
import { PathField } from "../../kit/PathField";
import { useAct } from "../../kit/query";
import "./welcome.css";

const CURRENCIES = ["CNY", "USD", "EUR", "HKD"];

const useWorkspaceKind = (): FileKind => {
  const { t } = useTranslation("welcome");
  return { name: t("fileKind"), extensions: ["pincang"] };
};

const Card = (props: { title: string; text: string; children: ReactNode }): ReactNode => (
  <section className="welcome-card">
    <h2>{props.title}</h2>
    <p>{props.text}</p>
    {props.children}
  </section>
);

const NewWorkspace = (): ReactNode => {
  const { t } = useTranslation("welcome");
  const kit = useTranslation("kit").t;
  const kind = useWorkspaceKind();
  const create = useAct("workspace.create");
  const required = [{ required: true, message: kit("required") }];
  return (
    <Card title={t("create")} text={t("createText")}>
      <Form
        layout="vertical"
        requiredMark={false}
        initialValues={{ currency: "CNY" }}
        onFinish={(form: { companyName: string; currency: string; path: string }) =>
          void create.run(form)
        }
      >
        <Form.Item name="companyName" label={t("companyName")} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="currency" label={t("currency")}>
          <Select options={CURRENCIES.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="path" label={t("file")} rules={required}>
          <PathField kind={kind} saveAs={t("newFileName")} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.busy}>
          {t("createAct")}
        </Button>
      </Form>
    </Card>
  );
};

const Demo = (): ReactNode => {
  const { t } = useTranslation("welcome");
  const kind = useWorkspaceKind();
  const demo = useAct("demo.create");
  const [size, setSize] = useState<"tiny" | "demo">("demo");
  const [path, setPath] = useState("");
  return (
    <Card title={t("demo")} text={t("demoText")}>
      <div className="welcome-fields">
        <Segmented
          block
          value={size}
          onChange={setSize}
          options={[
            { value: "demo", label: t("demoDemo") },
            { value: "tiny", label: t("demoTiny") },
          ]}
        />
        <PathField kind={kind} saveAs={t("demoFileName")} value={path} onChange={setPath} />
        <Button
          disabled={path.trim() === ""}
          loading={demo.busy}
          onClick={() => void demo.run({ path: path.trim(), size })}
        >
          {t("demoAct")}
        </Button>
      </div>
    </Card>
  );
};

const OpenFile = (props: { recent: string[] }): ReactNode => {
  const { t } = useTranslation("welcome");
  const kind = useWorkspaceKind();
  const open = useOpenWorkspace();
  const [path, setPath] = useState("");
  return (
    <Card title={t("openTitle")} text={t("openText")}>
      <div className="welcome-fields">
        <PathField kind={kind} value={path} onChange={setPath} />
        <Button
          disabled={path.trim() === ""}
          loading={open.busy}
          onClick={() => void open.run(path.trim())}
        >
          {t("openAct")}
        </Button>
      </div>
      {open.dialog}
      <h3>{t("recent")}</h3>
      {props.recent.length === 0 && <p className="quiet">{t("noRecent")}</p>}
      <ul className="recent">
        {props.recent.map((file) => (
          <li key={file}>
            <button type="button" className="link" onClick={() => void open.run(file)}>
              <FileOutlined /> {file}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
};

export const WelcomePage = (props: { status: WorkspaceStatus }): ReactNode => {
  const { t, i18n } = useTranslation("welcome");
  const app = useTranslation("app").t;
  const go = useGo();
  // An address of the last workspace means nothing in the next.
  useEffect(() => go("/"), [go]);
  return (
    <div className="welcome">
      <header>
        <h1>{t("title")}</h1>
        <p>{t("line")}</p>
        <Button
          type="text"
          aria-label={app("switchLanguage")}
          onClick={() => switchLanguage(i18n.language === "zh" ? "en" : "zh")}
        >
          {app("otherLanguage")}
        </Button>
      </header>
      <div className="welcome-cards">
        <NewWorkspace />
        <OpenFile recent={props.status.recent} />
        <Demo />
      </div>
      <JobBar />
      <footer className="quiet">{t("version", { version: props.status.version })}</footer>
    </div>
  );
};
