/** Choosing goods by code, name or anyone's alias. */
import { Select } from "antd";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Id, SkuFields, SkuRow } from "../contract";
import { nameIn, namesOf } from "./names";
import { useCall } from "./query";

export const SkuPicker = (props: {
  value: Id | null;
  onChange: (sku: SkuRow) => void;
  label: string;
  autoFocus?: boolean;
  /** Whether what is chosen cannot be. */
  wrong?: boolean;
  /** Kinds of goods to choose from; all without. */
  only?: readonly SkuFields["kind"][];
}): ReactNode => {
  const { value } = props;
  const { i18n } = useTranslation("papers");
  const skus = useCall("sku.list", {}).data;
  const only = props.only?.join(" ") ?? "";
  const options = useMemo(
    () =>
      (skus ?? []).flatMap((sku) => {
        if (only !== "" && sku.id !== value && !only.includes(sku.fields.kind)) return [];
        const { code, nameZh, nameEn, aliases } = sku.fields;
        const others = aliases.map((alias) => alias.code).join(" ");
        return [
          {
            value: sku.id,
            label: `${code} ${nameIn(namesOf(sku.fields), i18n.language)}`,
            search: `${code} ${nameZh} ${nameEn} ${others}`.toLowerCase(),
          },
        ];
      }),
    [skus, only, value, i18n.language],
  );
  return (
    <Select
      className="fill"
      aria-label={props.label}
      placeholder={props.label}
      autoFocus={props.autoFocus ?? false}
      status={props.wrong ? "error" : ""}
      value={value}
      options={options}
      showSearch={{
        filterOption: (typed, option) => option?.search.includes(typed.toLowerCase()) ?? false,
      }}
      onChange={(id) => {
        const sku = skus?.find((row) => row.id === id);
        if (sku) props.onChange(sku);
      }}
    />
  );
};
