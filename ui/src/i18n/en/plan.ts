import type { Mirror } from "../mirror";
import type { plan as zh } from "../zh/plan";

export const plan: Mirror<typeof zh> = {
  title: "Plan",
  question: "What should I send where, how much, and why?",
};
