/** Words for what the core says by code, a file for each kind of saying. */
import { channels } from "./channels";
import { derivations } from "./derivations";
import { entries } from "./entries";
import { fields } from "./fields";
import { files } from "./files";
import { heads } from "./heads";
import { imports } from "./imports";
import { members } from "./members";
import { papers } from "./papers";
import { pricing } from "./pricing";
import { refusals } from "./refusals";
import { shops } from "./shops";
import { tasks } from "./tasks";
import { terminal } from "./terminal";

export const core = {
  ...members,
  ...entries,
  ...tasks,
  ...derivations,
  ...imports,
  ...fields,
  ...heads,
  ...terminal,
  ...shops,
  ...papers,
  ...pricing,
  ...channels,
  ...files,
  ...refusals,
};
