import type { Mirror } from "../mirror";
import type { today as zh } from "../zh/today";

export const today: Mirror<typeof zh> = {
  title: "Today",
  question: "What needs me now, and what does waiting cost?",
  "figure.stock_units": "In stock",
  "figure.at_risk_units": "At risk of expiring",
  "figure.due_this_week": "Due this week",
  "figure.sold_yesterday": "Sold yesterday",
  "figure.sold_28_days": "Sold in 28 days",
  "figure.open_orders": "Open orders",
  "figure.in_transit": "In transit",
  stockValue: "Stock value",
  atRiskValue: "Value at risk",
  tasks: "To do",
  nothing: "Nothing needs you now",
  nothingText: "Goods that will expire, come late or run out show up here first.",
  due: "by {{day}}",
  overdue: "{{count}} days ago",
  overdue_one: "1 day ago",
  act: "Take care of it",
  last30: "{{name}}, last 30 days",
  start: "First bring in your goods and stock",
  startText:
    "Import goods, locations, opening stock and daily sales in this order. Each import is tried first, and a whole batch can be taken back.",
  startImport: "Import Excel",
  startDemo: "Look at the demo first",
  "unit.units": "units",
  "unit.count": "",
  "severity.red": "Now",
  "severity.amber": "By a date",
  "severity.blue": "To do",
};
