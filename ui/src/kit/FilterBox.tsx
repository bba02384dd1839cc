/** The quick filter of a list. The key / leads here; Escape leaves and clears it. */
import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "./keys";

const PAUSE_MS = 180;

export const FilterBox = (props: {
  value: string;
  onChange: (text: string) => void;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { value, onChange } = props;
  const [text, setText] = useState(value);
  const [composing, setComposing] = useState(false);

  // Half-typed Chinese is no filter yet; and a fast typist should not ask at every letter.
  useEffect(() => {
    if (composing || text === value) return;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, composing, onChange]);

  return (
    <Input
      className="filter-box"
      data-filter
      allowClear
      value={text}
      placeholder={t("filterKey")}
      aria-label={t("filter")}
      prefix={<SearchOutlined className="quiet" />}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === "Escape") {
          event.preventDefault();
          setText("");
          event.currentTarget.blur();
        }
        if (event.key === "Enter" || event.key === "ArrowDown") {
          event.preventDefault();
          onChange(text);
          document.querySelector<HTMLElement>("[role=grid]")?.focus();
        }
      }}
    />
  );
};
