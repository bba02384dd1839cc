export const plan = {
  title: "计划",
  question: "该送什么、送多少，为什么？",
};
