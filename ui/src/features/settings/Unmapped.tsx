/** What a shop sells that reduces no stock yet, each with the choice of the goods that it is. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ShopRow, SkuRow } from "../../contract";
import { Qty } from "../../kit/Figures";
import { useAct } from "../../kit/query";
import { SkuPicker } from "../../kit/SkuPicker";

type Listing = ShopRow["unmapped"][number];

/** The goods as they are kept, with the listing as one more of their aliases. */
const withAlias = (sku: SkuRow, whose: string, code: string): SkuRow["fields"] => ({
  ...sku.fields,
  aliases: [...sku.fields.aliases, { whose, code }],
});

const ListingRow = (props: { shop: ShopRow; listing: Listing }): ReactNode => {
  const { t } = useTranslation("settings");
  const { shop, listing } = props;
  const save = useAct("sku.save", {
    said: () => t("mapped", { listing: listing.listing, shop: shop.name }),
  });
  return (
    <tr>
      <td>{listing.listing}</td>
      <td>{listing.sellerSku ?? "–"}</td>
      <td className="numeric">
        <Qty value={listing.units} zero="0" />
      </td>
      <td className="shop-sku">
        <SkuPicker
          value={null}
          label={t("chooseSku")}
          onChange={(sku) =>
            void save.run({ id: sku.id, fields: withAlias(sku, shop.code, listing.listing) })
          }
        />
      </td>
    </tr>
  );
};

export const UnmappedListings = (props: { shop: ShopRow }): ReactNode => {
  const { t } = useTranslation("settings");
  const { shop } = props;
  if (shop.unmapped.length === 0) return null;
  return (
    <div className="shop-unmapped">
      <strong>
        {t("unmapped")} <span className="figure">{shop.unmapped.length}</span>
      </strong>
      <p>{t("unmappedHint")}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("listing")}</th>
            <th>{t("sellerSku")}</th>
            <th className="numeric">{t("unmappedUnits")}</th>
            <th>{t("ourGoods")}</th>
          </tr>
        </thead>
        <tbody>
          {shop.unmapped.map((listing) => (
            <ListingRow key={listing.listing} shop={shop} listing={listing} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

export const UnmappedWarehouses = (props: { shop: ShopRow; onMap: () => void }): ReactNode => {
  const { t } = useTranslation("settings");
  const { unmappedWarehouses } = props.shop;
  if (unmappedWarehouses.length === 0) return null;
  return (
    <div className="shop-unmapped">
      <strong>
        {t("unmappedWarehouses")} <span className="figure">{unmappedWarehouses.length}</span>
      </strong>
      <p>
        {unmappedWarehouses.join(", ")}{" "}
        <Button size="small" onClick={props.onMap}>
          {t("mapWarehouses")}
        </Button>
      </p>
    </div>
  );
};
