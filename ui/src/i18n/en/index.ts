import { app } from "./app";
import { channels } from "./channels";
import { core } from "./core";
import { factories } from "./factories";
import { goods } from "./goods";
import { importing } from "./importing";
import { journal } from "./journal";
import { kit } from "./kit";
import { papers } from "./papers";
import { plan } from "./plan";
import { production } from "./production";
import { settings } from "./settings";
import { slow } from "./slow";
import { stock } from "./stock";
import { terms } from "./terms";
import { today } from "./today";
import { transfers } from "./transfers";
import { welcome } from "./welcome";

export const en = {
  app,
  channels,
  core,
  factories,
  goods,
  importing,
  journal,
  kit,
  papers,
  plan,
  production,
  settings,
  slow,
  stock,
  terms,
  today,
  transfers,
  welcome,
};
