/** Addresses inside the window. A screen's detail is its address with an id; `/page` fills the page. */
import { useLocation } from "wouter";

/** Where documents and found things are shown, by kind. */
const PLACES: Record<string, (id: string) => string> = {
  sku: (id) => `/goods/${id}`,
  lot: (id) => `/stock/lot/${id}`,
  order: (id) => `/production/${id}`,
  production_order: (id) => `/production/${id}`,
  transfer: (id) => `/transfers/${id}`,
  // A carton is found by its code; the core gives the transfer that it belongs to.
  carton: (id) => `/transfers/${id}`,
  location: () => "/settings/places",
  place: () => "/settings/places",
  partner: () => "/settings/partners",
  company: () => "/settings",
  slip: () => "/factories",
  statement: () => "/factories/statements",
  offer: () => "/factories/terms",
  bom: () => "/factories/terms",
  invoice: () => "/factories/payables",
  bill: () => "/factories/payables",
  shop: () => "/sync",
  channel: (id) => `/channels/rules/${id}`,
  price: () => "/channels/prices",
  batch: () => "/import",
  import: () => "/import",
};

/** The address of a thing, or null when no screen shows that kind. */
export const addressOf = (kind: string, id: string): string | null => PLACES[kind]?.(id) ?? null;

/** The address of a screen that the core names in a task. */
export const screenAddress = (screen: string): string => {
  const paths: Record<string, string> = { today: "/", importing: "/import", shops: "/sync" };
  return paths[screen] ?? `/${screen}`;
};

/** Goes to an address. */
export const useGo = (): ((address: string) => void) => useLocation()[1];

export type DetailRoute = {
  id: string | null;
  wide: boolean;
  open: (id: string) => void;
  close: () => void;
  setWide: (wide: boolean) => void;
};

/** The open detail of a list at `base`: which one, whether it fills the page; closing goes home. */
export const useDetailRoute = (base: string, home = base): DetailRoute => {
  const [location, go] = useLocation();
  const rest =
    location === base ? "" : location.startsWith(`${base}/`) ? location.slice(base.length + 1) : "";
  const [id = "", page] = rest.split("/");
  const wide = page === "page";
  return {
    id: id === "" ? null : decodeURIComponent(id),
    wide,
    open: (next) => go(`${base}/${encodeURIComponent(next)}${wide ? "/page" : ""}`),
    close: () => go(home),
    setWide: (next) => go(`${base}/${id}${next ? "/page" : ""}`),
  };
};
