export const slow = {
  title: "滞销",
  question: "钱压在哪里，怎样拿回最多？",
};
