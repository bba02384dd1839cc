/** Target fields with the column that feeds each, what stands in it, or one value for all rows. */
import { Input, Select } from "antd";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnInfo, FieldInfo, Inspected, Profile } from "../../contract";
import { useCall } from "../../kit/query";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";
import { columnOf, nameOf, sheetOf, withColumn, withConstant } from "./mapping";

/** Fields whose single value for the whole file is a place. */
const PLACE_FIELDS = ["place"];

const PlaceValue = (props: {
  value: string;
  label: string;
  onValue: (value: string) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const places = useCall("location.list", {}).data ?? [];
  return (
    <Select
      allowClear
      className="fill"
      aria-label={props.label}
      placeholder={t("constant")}
      value={props.value === "" ? null : props.value}
      options={places.map(({ fields }) => ({
        value: fields.code,
        label: `${fields.code} ${fields.name}`,
      }))}
      onChange={(value: string | null | undefined) => props.onValue(value ?? "")}
    />
  );
};

const FieldRow = (props: {
  field: FieldInfo;
  profile: Profile;
  column: ColumnInfo | undefined;
  options: { value: string; label: string }[];
  lacking: boolean;
  onProfile: (profile: Profile) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { word } = useWords();
  const { field, profile, column, onProfile } = props;
  const name = word("field", field.name);
  const constant = profile.constants[field.name] ?? "";
  const onConstant = (value: string): void => onProfile(withConstant(profile, field.name, value));
  return (
    <tr className={props.lacking ? "map-lacking" : column ? "" : "map-unused"}>
      <td>
        {name}
        {field.required && (
          <span className="map-required" title={t("required")}>
            {" "}
            *
          </span>
        )}
        {field.money && <span className="quiet"> ¥</span>}
      </td>
      <td>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          className="fill"
          aria-label={t("columnFor", { field: name })}
          placeholder={t(props.lacking ? "chooseColumn" : "noColumn")}
          status={props.lacking ? "warning" : ""}
          value={column === undefined ? null : nameOf(column)}
          options={props.options}
          onChange={(value: string | null | undefined) =>
            onProfile(withColumn(profile, field.name, value ?? null))
          }
        />
      </td>
      <td className="map-samples" title={column?.samples.join(" · ")}>
        {column?.samples.slice(0, 3).join(" · ")}
      </td>
      <td>
        {PLACE_FIELDS.includes(field.name) ? (
          <PlaceValue
            value={constant}
            label={t("constantFor", { field: name })}
            onValue={onConstant}
          />
        ) : (
          <Input
            value={constant}
            placeholder={t("constant")}
            aria-label={t("constantFor", { field: name })}
            onChange={(event) => onConstant(event.target.value)}
          />
        )}
      </td>
    </tr>
  );
};

const Unused = (props: { inspected: Inspected; profile: Profile }): ReactNode => {
  const { t } = useTranslation("importing");
  const { inspected, profile } = props;
  const used = new Set(Object.values(profile.columns));
  const unused = (sheetOf(inspected, profile)?.columns ?? []).filter(
    (column) => column.header !== "" && !used.has(column.header) && !used.has(column.column),
  );
  if (unused.length === 0) return null;
  return (
    <p className="map-rest">
      <span className="quiet">{t("unused", { count: unused.length })}</span>{" "}
      {unused.map(({ column, header }) => (
        <Tag key={column} tone="grey">
          {header}
        </Tag>
      ))}
    </p>
  );
};

export const MappingTable = (props: {
  inspected: Inspected;
  profile: Profile;
  lacking: string[];
  onProfile: (profile: Profile) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { inspected, profile, lacking } = props;
  const sheet = sheetOf(inspected, profile);
  const options = useMemo(
    () =>
      (sheet?.columns ?? []).map((column) => ({
        value: nameOf(column),
        label: `${column.column}  ${column.header}`,
      })),
    [sheet],
  );
  // What must be there stands first, then what the file has, then the rest.
  const fields = useMemo(() => {
    const rank = (field: FieldInfo): number =>
      field.required ? 0 : inspected.profile.columns[field.name] === undefined ? 2 : 1;
    return [...inspected.fields].sort((a, b) => rank(a) - rank(b));
  }, [inspected]);
  return (
    <>
      <table className="line-table map-table">
        <thead>
          <tr>
            <th>{t("field")}</th>
            <th>{t("column")}</th>
            <th>{t("samples")}</th>
            <th>{t("constantHead")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <FieldRow
              key={field.name}
              field={field}
              profile={profile}
              column={columnOf(sheet, profile, field.name)}
              options={options}
              lacking={lacking.includes(field.name)}
              onProfile={props.onProfile}
            />
          ))}
        </tbody>
      </table>
      <Unused inspected={inspected} profile={profile} />
    </>
  );
};
