import type { Mirror } from "../../mirror";
import type { derivations as zh } from "../../zh/core/derivations";

export const derivations: Mirror<typeof zh> = {
  "replenish.review": "Review period",
  "replenish.transit_p90": "Transit P90",
  "replenish.receive_p90": "Put-away P90",
  "replenish.target_cover": "Target cover",
  "replenish.protection": "Days to cover",
  "replenish.rate": "Forecast a day",
  "replenish.demand": "Demand in that time",
  "replenish.on_hand": "On hand",
  "replenish.inbound": "On the way",
  "replenish.reserved": "Reserved",
  "replenish.nothing_needed": "Nothing is needed",
  "replenish.need": "Needed",
  "replenish.carton": "Units a carton",
  "replenish.cartons_exact": "In cartons",
  "replenish.cartons_wanted": "In whole cartons",
  "replenish.source_short": "The source has only",
  "replenish.units": "To send",
  "replenish.lot":
    "Lot {{lot}}, {{cartons}} cartons, {{share_left}} of life left on {{arrives_on}}",
  "replenish.sent": "Sent in all",
  "replenish.lot_refused": "Lot {{lot}} does not meet the life rule",
  "replenish.lot_refused.past_last_sale":
    "Lot {{lot}} arrives after its last day of sale, {{last_sell_on}}",
  "replenish.lot_refused.share_too_small":
    "Lot {{lot}} would arrive with {{share_left}} of its life, {{min_share}} is asked for",
  "replenish.lot_refused.days_too_few":
    "Lot {{lot}} would arrive with {{days_left}} days left, {{min_days}} are asked for",
  "replenish.lot_refused.made_on_unknown":
    "Lot {{lot}} has no date of manufacture, so its share of life is not known",
  "replenish.stays": "Lot {{lot}} fills no carton; the rest stays",
  "slow.stock": "On hand",
  "slow.rate": "Forecast a day",
  "slow.cover": "Days of cover",
  "slow.no_demand": "No demand",
  "slow.demand_in_reach": "Demand at {{place}} in the {{sell_days}} days until {{last_sell_on}}",
  "slow.demand_elsewhere":
    "Demand until {{last_sell_on}} that other locations have for stock of {{place}}",
  "slow.accepted_nowhere": "No selling location still accepts this lot from {{place}}",
  "slow.lots_ahead": "Taken by lots that expire earlier",
  "slow.at_least_none": "Not below zero",
  "slow.at_most_the_lot": "Not above the lot",
  "slow.sold_in_time": "Sold in time",
  "slow.qty": "On hand of the lot",
  "slow.left": "Left when it expires",
  "slow.undated": "Goods at {{place}} have no expiry date and are not at risk",
  "slow.at_risk_here": "At risk at {{place}}",
  "slow.at_risk": "At risk in all",
  "slow.value": "Value of the lot",
  "slow.at_risk_value": "Value at risk",
  "plan.demand_unreadable":
    "The history of sales cannot be read, so nothing can be forecast; verify the workspace: {{detail}}",
  "plan.impossible":
    "What to send of {{sku}} cannot be computed; check its carton and the rules of its locations: {{detail}}",
  "plan.goods": "Working out what to send",
  "slow.impossible":
    "Slow-moving stock of {{sku}} cannot be computed; check its lots and prices: {{detail}}",
  "slow.goods": "Working out what is slow",
  "profit.value": "Sales value of {{units}} units, without tax",
  "profit.cogs": "Cost of these units: {{cogs}} × {{units}} ÷ {{sold}}",
  "profit.so_far": "Profit so far, before the platform's fees",
  "profit.unvalued": "{{units}} more units are sold whose value is not known",
};
