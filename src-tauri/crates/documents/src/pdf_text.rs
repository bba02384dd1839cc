//! Every word that papers print by themselves, in both languages, side by side, so that no
//! paper is half translated. Knows words only; the user's own text is never translated.

use crate::paper::Lang;

macro_rules! words {
    ($($name:ident: $zh:literal / $en:literal;)*) => {
        /// The printed words of one language.
        pub(crate) struct Words {
            $(pub(crate) $name: &'static str,)*
        }

        static ZH: Words = Words { $($name: $zh,)* };
        static EN: Words = Words { $($name: $en,)* };

        /// All pairs (Chinese, English), for proofs over whole papers.
        #[must_use]
        pub fn pairs() -> Vec<(&'static str, &'static str)> {
            vec![$(($zh, $en),)*]
        }
    };
}

words! {
    processing_order: "委托加工订单" / "Production order";
    purchase_contract: "采购合同" / "Purchase contract";
    order_number: "订单编号" / "Order number";
    ordered_on: "下单日期" / "Ordered on";
    promised_on: "承诺交期" / "Promised for";
    sign_place: "签订地点" / "Signed at";
    deliver_to: "交货地点" / "Deliver to";
    currency: "币种" / "Currency";
    buyer: "委托方（甲方）" / "Buyer (party A)";
    factory: "加工方（乙方）" / "Factory (party B)";
    seller: "供货方（乙方）" / "Seller (party B)";
    purchaser: "采购方（甲方）" / "Purchaser (party A)";
    credit_code: "统一社会信用代码" / "Company registration";
    address: "地址" / "Address";
    contact: "联系人" / "Attention";
    phone: "电话" / "Telephone";
    row: "序号" / "No.";
    sku: "货品编码" / "SKU code";
    name: "品名" / "Description";
    spec: "规格" / "Size, pack";
    quantity: "数量" / "Quantity";
    unit: "单位" / "Unit";
    unit_price: "单价" / "Unit price";
    unit_price_taxed: "含税单价" / "Price incl. tax";
    tax_rate: "税率" / "Tax rate";
    amount: "金额" / "Amount";
    amount_taxed: "含税金额" / "Amount incl. tax";
    total: "合计" / "Total";
    tax_within: "其中税额" / "Tax included";
    in_words: "金额大写" / "Grand total";
    terms: "条款" / "Terms";
    sign_buyer: "甲方签章" / "Signed for party A";
    sign_factory: "乙方签章" / "Signed for party B";
    sign_approved: "审核" / "Approved by";
    sign_date: "日期：" / "Date:";
    packing_list: "装箱单" / "Packing list";
    transfer_number: "调拨单号" / "Transfer number";
    ship_date: "发货日期" / "Ship date";
    order_reference: "对应订单" / "Order reference";
    ship_from: "发货方" / "Ship from";
    ship_to: "收货方" / "Ship to";
    cartons_range: "箱号" / "Cartons";
    gtin: "商品条码" / "GTIN";
    lot: "批号" / "Lot";
    manufactured: "生产日期" / "Made on";
    expires: "到期日" / "Use by";
    pieces_per_carton: "件/箱" / "Pcs per ctn";
    cartons: "箱数" / "Ctns";
    pieces: "总件数" / "Total pcs";
    net_weight: "净重 kg" / "N.W. kg";
    gross_weight: "毛重 kg" / "G.W. kg";
    size_cm: "长×宽×高 cm" / "L×W×H cm";
    volume: "体积 m³" / "CBM m³";
    sign_packed: "装箱人" / "Packed by";
    sign_shipped: "发货人" / "Shipped by";
    sign_received: "收货人" / "Received by";
    carton: "箱" / "Carton";
    label_quantity: "本箱数量" / "Qty in carton";
    label_gross: "毛重" / "Gross weight";
    label_size: "外箱尺寸" / "Carton size";
    mixed: "混装箱，内装：" / "Mixed carton, contents:";
    not_an_sscc: "内部箱号，不是 SSCC" / "Internal number only, no SSCC";
    page_of: "页" / "Page";
    printed: "打印" / "Printed";
    by: "操作人" / "by";
    copy: "份号" / "Copy";
    pieces_unit: "件" / "pcs";
    continued: "（续）" / "(continued)";
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_is_written_in_its_own_script() {
        let han = |s: &str| s.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        for (zh, en) in pairs() {
            assert!(han(zh), "{zh}");
            assert!(!han(en) && !en.trim().is_empty(), "{en}");
        }
    }
}
