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
    processing_contract: "加工合同" / "Processing contract";
    purchase_order: "采购单" / "Purchase order";
    order_number: "订单编号" / "Order number";
    revision: "修订版次" / "Revision";
    ordered_on: "下单日期" / "Ordered on";
    deliver_on: "交货日期" / "Deliver by";
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
    unit_price: "含税单价" / "Price incl. tax";
    tax_rate: "税率" / "Tax rate";
    amount: "含税金额" / "Amount incl. tax";
    plain_price: "单价" / "Unit price";
    plain_amount: "金额" / "Line amount";
    net_price: "不含税单价" / "Price excl. tax";
    net_amount: "不含税金额" / "Amount excl. tax";
    tax: "税额" / "Tax amount";
    net_total: "不含税合计" / "Net total";
    gross_total: "价税合计" / "Gross total";
    version: "版本" / "Version";
    artwork: "图稿" / "Artwork";
    registration: "备案号" / "Reg. no.";
    total: "合计" / "Total";
    in_words: "金额大写" / "Grand total";
    delivery: "交货" / "Delivery";
    over_tolerance: "允许超交" / "Allowed over";
    short_tolerance: "允许短交" / "Allowed short";
    over_units: "超交部分" / "Units beyond";
    over_paid: "按合同单价付款" / "Paid at the agreed price";
    over_free: "不另付款" / "Not paid for";
    supplied_materials: "甲方提供的物料（客供料）" / "Material supplied by party A";
    material_code: "物料编码" / "Material code";
    material_name: "物料名称" / "Material";
    allowance: "允许损耗率" / "Allowed loss";
    loss_base: "损耗基数" / "Loss is measured on";
    base_good: "良品数：不良品所用物料计入乙方损耗" / "Good units: what rejected units hold counts as loss";
    base_good_and_rejected: "良品数加不良品数：不良品所用物料视为已耗用" / "Good and rejected units: what rejected units hold counts as consumed";
    schedule: "付款计划" / "Payment schedule";
    instalment: "款项" / "Instalment";
    condition: "付款条件" / "Payable";
    due_on: "应付日" / "Due date";
    share: "比例" / "Share";
    sum: "应付金额" / "Sum due";
    due_deposit: "定金（预付款）" / "Deposit";
    due_milestone: "节点款" / "Milestone payment";
    due_before_ship: "发货前尾款" / "Balance before shipment";
    due_receipt: "收货后付款" / "Balance on credit";
    pay_before_ship: "款到发货，按每批发货金额" / "before each shipment, for what it carries";
    on_acceptance: "接单" / "acceptance";
    on_receipt: "收货" / "receipt";
    after: "后" / "after";
    days: "日内" / "days";
    at_once: "即付" / "at once";
    milestone_sample: "封样" / "sample approval";
    milestone_material: "料齐" / "arrival of all material";
    milestone_filling: "灌装" / "filling";
    milestone_packing: "包装" / "packing";
    milestone_qc: "质检" / "inspection";
    milestone_ready: "备货完成" / "goods are ready";
    quality_terms: "质量与验收" / "Quality and inspection";
    terms: "其他条款" / "Further terms";
    seal_buyer: "甲方（盖章）" / "Party A (seal)";
    seal_factory: "乙方（盖章）" / "Party B (seal)";
    sign_person: "授权代表签字：" / "Authorised signature:";
    sign_date: "日期：" / "Date:";
    payment_request: "付款申请" / "Payment request";
    request_number: "申请单号" / "Request number";
    requested_on: "申请日期" / "Requested on";
    payee: "收款单位" / "Payee";
    bank: "开户银行" / "Bank";
    holder: "户名" / "Account name";
    account: "银行账号" / "Account";
    payable: "订单应付总额" / "Payable for the order";
    which_due: "付款款项" / "Which due";
    shipment: "发货批次" / "Shipment";
    invoiced: "已到发票" / "Invoiced so far";
    asked: "本次申请金额" / "Amount requested";
    written_out: "大写" / "In full";
    paid_so_far: "已付金额" / "Paid so far";
    deducted: "已抵扣" / "Deducted";
    open_after: "付后未付" / "Open after this";
    reason: "付款事由" / "Reason";
    sign_applicant: "申请人" / "Requested by";
    sign_department: "部门负责人" / "Head of department";
    sign_finance: "财务审核" / "Checked by finance";
    sign_decided: "批准" / "Approved by";
    material_issue: "发料单" / "Material issue slip";
    material_return: "退料单" / "Material return slip";
    slip_number: "单号" / "Slip number";
    issued_on: "发料日期" / "Issued on";
    returned_on: "退料日期" / "Returned on";
    production_order: "生产订单" / "Production order";
    from_place: "发出方" / "From";
    to_place: "收料方" / "To";
    arrived: "实收" / "Arrived";
    note: "备注" / "Remarks";
    sign_issued: "发料人" / "Issued by";
    sign_returned: "退料人" / "Returned by";
    sign_carried: "承运人" / "Carried by";
    sign_material_received: "收料人" / "Material received by";
    goods_receipt: "收货单" / "Goods receipt";
    receipt_number: "收货单号" / "Receipt number";
    received_on: "收货日期" / "Received on";
    delivery_note: "送货单号" / "Delivery note";
    supplier: "送货单位" / "Supplier";
    received_at: "收货地点" / "Received at";
    status: "状态" / "Status";
    status_quarantine: "待检" / "Quarantine";
    status_good: "良品" / "Good";
    status_blocked: "冻结" / "Blocked";
    status_defective: "不良" / "Defective";
    ordered: "订购数" / "Ordered";
    received_before: "此前已收" / "Came before";
    this_time: "本次收货" / "Came now";
    over: "超收" / "Over";
    short: "短收" / "Short";
    sign_delivered: "送货人" / "Delivered by";
    sign_checked: "复核人" / "Checked by";
    source: "来源单号" / "Source";
    factory_statement: "客供料对账单" / "Statement of supplied material";
    statement_number: "对账单号" / "Statement number";
    month: "对账月份" / "Month";
    owner: "物料所有方（甲方）" / "Owner of the material (party A)";
    opening: "期初" / "Opening";
    sent: "发料" / "Sent";
    direct_in: "直送" / "Direct in";
    consumed: "耗用" / "Consumed";
    returned: "退料" / "Returned";
    loss: "损耗" / "Loss";
    counted_off: "盘点调整" / "Count adj.";
    closing: "账面结存" / "Closing";
    counted: "实盘" / "Counted";
    difference: "差异" / "Difference";
    loss_settlement: "损耗结算" / "Settlement of losses";
    issued: "领用" / "Issued";
    used: "标准耗用" / "Used by bill";
    missing: "缺少" / "Missing";
    allowed: "允许损耗" / "Allowed";
    claimed: "超损扣款数" / "Claimed";
    checked_by_both: "双方核对确认：期初 + 发料 + 直送 - 耗用 - 退料 - 损耗 + 盘点调整 = 账面结存" / "Checked by both: opening + sent + direct in - consumed - returned - loss + count adj. = closing";
    return_to_factory: "退厂单" / "Return to factory";
    return_number: "退厂单号" / "Return number";
    sent_back_on: "退厂日期" / "Sent back on";
    to_factory: "退回工厂" / "Back to";
    return_reason: "退回原因" / "What is wrong";
    settle_by: "处理方式" / "Settled by";
    settle_replace: "换货" / "Replacement";
    settle_credit: "扣款" / "Credit";
    settle_rework: "返工" / "Rework";
    sign_sent_back: "退货人" / "Sent back by";
    sign_factory_received: "工厂签收" / "Taken back by";
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
