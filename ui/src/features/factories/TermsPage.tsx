/** Offers and bills of materials of all goods, side by side. */
import { type ReactNode, useState } from "react";
import { FilterBox } from "../../kit/FilterBox";
import { BomList } from "../../kit/terms/BomList";
import { OfferList } from "../../kit/terms/OfferList";
import { Tab } from "./Tab";

export const TermsPage = (): ReactNode => {
  const [filter, setFilter] = useState("");
  return (
    <Tab tab="terms" tools={<FilterBox value={filter} onChange={setFilter} />}>
      <OfferList sku={null} filter={filter} />
      <BomList sku={null} filter={filter} />
    </Tab>
  );
};
