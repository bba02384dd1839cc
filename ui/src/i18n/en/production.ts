import type { Mirror } from "../mirror";
import type { production as zh } from "../zh/production";

export const production: Mirror<typeof zh> = {
  title: "Production",
  question: "What is late, what must I pay, what do factories hold of mine?",
};
