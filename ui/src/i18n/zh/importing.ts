export const importing = {
  title: "导入",
  question: "把手上的 Excel 变成台账",
};
