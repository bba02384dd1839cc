/** Which column feeds which field: reading and changing a profile. */
import type { ColumnInfo, Inspected, Profile, SheetInfo } from "../../contract";

/** The sheet that the profile reads. */
export const sheetOf = (inspected: Inspected, profile: Profile): SheetInfo | undefined =>
  inspected.sheets.find(({ name }) => name === profile.sheet) ??
  inspected.sheets.find(({ hidden, rows }) => !hidden && rows > 0) ??
  inspected.sheets[0];

/** How a profile names a column: by its head, or by its letters where it has none. */
export const nameOf = (column: ColumnInfo): string =>
  column.header === "" ? column.column : column.header;

/** The column that feeds the field, by head or by letters. */
export const columnOf = (
  sheet: SheetInfo | undefined,
  profile: Profile,
  field: string,
): ColumnInfo | undefined => {
  const name = profile.columns[field];
  if (name === undefined) return undefined;
  return (
    sheet?.columns.find(({ header }) => header === name) ??
    sheet?.columns.find(({ column }) => column === name)
  );
};

/** Required fields that nothing feeds yet; amounts with tax need the rate of the tax. */
export const missing = (inspected: Inspected, profile: Profile): string[] => {
  const given = (name: string): boolean =>
    profile.columns[name] !== undefined || (profile.constants[name]?.trim() ?? "") !== "";
  const taxed = given("gross_amount") && !given("net_amount");
  return inspected.fields
    .filter(({ name, required }) => (required || (taxed && name === "tax_rate")) && !given(name))
    .map(({ name }) => name);
};

const without = (from: { [field: string]: string }, field: string): { [field: string]: string } =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name !== field));

/** The profile with the field fed by this column, or by none. */
export const withColumn = (profile: Profile, field: string, column: string | null): Profile => ({
  ...profile,
  columns:
    column === null ? without(profile.columns, field) : { ...profile.columns, [field]: column },
});

/** The profile with one value for the whole file, or none. */
export const withConstant = (profile: Profile, field: string, value: string): Profile => ({
  ...profile,
  constants:
    value === "" ? without(profile.constants, field) : { ...profile.constants, [field]: value },
});
