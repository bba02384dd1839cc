export const production = {
  title: "生产",
  question: "什么晚了？要付多少？工厂手里有我什么？",
};
