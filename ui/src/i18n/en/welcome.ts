import type { Mirror } from "../mirror";
import type { welcome as zh } from "../zh/welcome";

export const welcome: Mirror<typeof zh> = {
  title: "Pincang",
  line: "Own-label goods from the factory to the platforms, every unit accounted for.",
  create: "New workspace",
  createText: "Begin empty, then import the Excel files you have.",
  companyName: "Company name",
  currency: "Currency",
  file: "Save as",
  createAct: "Create",
  openTitle: "Open a workspace",
  openText: "A workspace is one .pincang file in any folder of this computer.",
  openAct: "Open",
  demo: "Look at the demo",
  demoText: "A small brand at its real pace: production, inbound, sales, near expiry.",
  demoSize: "Size",
  demoTiny: "6 goods · 60 days",
  demoDemo: "Full demo",
  demoAct: "Open the demo",
  recent: "Recent",
  noRecent: "No workspace opened yet",
  fileKind: "Pincang workspace",
  newFileName: "my-brand.pincang",
  demoFileName: "demo.pincang",
  version: "Version {{version}}",
};
