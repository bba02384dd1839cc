/** A detail at the right of a list, which can become a page. It does not block the list. */
import { CloseOutlined, FullscreenExitOutlined, FullscreenOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "./keys";

export const Detail = (props: {
  title: ReactNode;
  subtitle?: ReactNode;
  acts?: ReactNode;
  /** Set when the detail fills the page. */
  wide?: boolean;
  onWide?: (wide: boolean) => void;
  onClose: () => void;
  children: ReactNode;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { onClose, onWide, wide = false } = props;
  useKeys({ Escape: onClose });
  return (
    <aside className={wide ? "detail detail-wide" : "detail"}>
      <header className="detail-head">
        <div className="detail-title">
          <h2>{props.title}</h2>
          {props.subtitle && <div className="quiet">{props.subtitle}</div>}
        </div>
        <div className="detail-acts">
          {props.acts}
          {onWide && (
            <Tooltip title={t(wide ? "closePage" : "openAsPage")}>
              <Button
                type="text"
                aria-label={t(wide ? "closePage" : "openAsPage")}
                icon={wide ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
                onClick={() => onWide(!wide)}
              />
            </Tooltip>
          )}
          <Button type="text" aria-label={t("close")} icon={<CloseOutlined />} onClick={onClose} />
        </div>
      </header>
      <div className="detail-body">{props.children}</div>
    </aside>
  );
};

/** A titled part of a detail. */
export const Part = (props: {
  title: string;
  acts?: ReactNode;
  children: ReactNode;
}): ReactNode => (
  <section className="part">
    <header>
      <h3>{props.title}</h3>
      {props.acts}
    </header>
    {props.children}
  </section>
);

/** Names and values in two columns. */
export const Facts = (props: { facts: [string, ReactNode][] }): ReactNode => (
  <dl className="facts">
    {props.facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
