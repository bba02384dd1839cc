import type { Mirror } from "../mirror";
import type { slow as zh } from "../zh/slow";

export const slow: Mirror<typeof zh> = {
  title: "Slow-moving",
  question: "Where is my money stuck and how do I get most of it back?",
};
