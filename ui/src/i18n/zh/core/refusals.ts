/** Rules that stand against what was asked for: what happened and what to do. */
export const refusals = {
  "role.no_money": "当前角色不能看金额，请由品牌经理来做",
  "role.no_right.draft": "当前角色没有「起草」权限，请由品牌经理或计划员来做",
  "role.no_right.import_sales": "当前角色没有「导入销量」权限，请由品牌经理或计划员来做",
  "role.no_right.import": "当前角色没有「导入资料和期初」权限，请由品牌经理来做",
  "role.no_right.approve": "当前角色没有「批准、下单和完结」权限，请由品牌经理来做",
  "role.no_right.handle": "当前角色没有「收发货」权限，请由品牌经理或仓管来做",
  "role.no_right.settings": "当前角色没有「改资料和设置」权限，请由品牌经理来做",
  missing: "找不到这个{{what}}（{{id}}），可能已被删除；请刷新后再试",
  "currency.unknown": "没有币种 {{code}}，请用三个大写字母，如 CNY",
  "currency.mixed": "账套以 {{book}} 记账，不能混入 {{other}}，请换算后填写",
  "amount.too_fine": "金额 {{amount}} 的小数太多，{{currency}} 最多 {{digits}} 位，请先四舍五入",
  "sales.tax_rate_missing":
    "含税销售额 {{gross}} 没有税率，算不出不含税的；请填税率列，或给整个文件填一个税率",
  "sales.amounts_differ": "不含税 {{net}} 与含税 {{gross}} 对不上，请核对这两列和税率",
  "sales.amount_without_units": "销量是 0，销售额却是 {{amount}}，请检查这一行",
  "amount.too_large": "金额太大，请检查数量和单价：{{amount}}",
  "quantity.invalid": "件数须是大于 0 的整数：{{qty}}",
  "price.invalid": "价格须不小于 0、最多六位小数：{{value}}",
  "code.missing": "{{what}}要有编码，请填写",
  "code.taken": "{{what}}编码 {{code}} 已被占用，请换一个",
  "company.name_missing": "公司要有中文或英文名称，请填写",
  "name.missing": "{{code}} 要有名称，请填写",
  "bank.unseen_character": "{{what}}里有换行或看不见的字符，请重新填写",
  "place.kind_reserved": "库位 {{code}} 的类型由程序保留，请选自营仓、平台仓、代工厂或寄售方",
  "place.rule_invalid": "库位 {{code}} 的允收期不对：比例 0–100%，天数 0–3650",
  "place.kind_fixed": "库位 {{code}} 已有货物进出，类型不能再改，请另建一个库位",
  "place.not_live": "库位 {{code}} 还没有启用日期，请先在设置里填写",
  "sku.carton_invalid": "货品 {{code}} 的箱规不对：每箱件数与尺寸须大于 0",
  "sku.shelf_life_invalid": "货品 {{code}} 的保质期须大于 0",
  "sku.gtin_invalid": "商品条码 {{gtin}} 扫不出来，请核对数字：{{detail}}",
  "company.gs1_prefix_invalid": "GS1 厂商识别代码须是 4–12 位数字：{{prefix}}",
  "lot.number_invalid": "批号不能为空，也不能以 ? 开头（填的是「{{lot}}」），请按包装上的批号填写",
  "lot.dates_missing": "{{sku}} 有保质期，批次 {{lot}} 要填生产日期或到期日",
  "lot.expiry_before_manufacture":
    "批次 {{lot}} 的到期日 {{expires_on}} 不晚于生产日期 {{mfg_on}}，请核对两个日期",
  "lot.life_differs":
    "批次 {{lot}} 的到期日 {{expires_on}} 与保质期推算的 {{expected}} 差 {{days}} 天；确认无误请写明原因",
  "lot.cost_invalid": "批次 {{lot}} 的单位成本不能为负：{{cost}}",
  "lot.dates_conflict":
    "{{sku}} 批次 {{lot}} 已记的日期是 {{known}}，这里是 {{given}}；同一批号只能有一个日期，请核对包装",
  "stock.reserved":
    "要改 {{wanted}} 件，但有 {{reserved}} 件已为调拨预留，只有 {{free}} 件可改；请先取消调拨",
  "stock.shortage":
    "{{place}} 的 {{sku}} 批次 {{lot}}（{{status}}）不够：要 {{wanted}} 件，只有 {{available}} 件；请减少数量或换批次",
  "stock.same_status": "已经是{{status}}，没有变化；请选别的状态",
  "stock.view_gone": "列表已过期，正在重新打开",
  "day.in_future": "{{day}} 在今天（{{today}}）之后，只能记已经发生的事",
  "reason.missing": "{{what}}要写明原因，请填写",
  "document.empty": "{{what}}没有货品行，请至少加一行",
  "document.state": "{{number}} 现在是「{{state}}」，要「{{wanted}}」才能这样做；请刷新看看",
  "document.day_before": "{{number}} 从 {{since}} 起才算数，{{day}} 太早了，请改日期",
  "order.over_receipt":
    "{{number}} 的 {{sku}} 订 {{ordered}} 件，收到 {{received}} 件，超过允许的 {{limit}} 件；确认超收请写明原因",
  "order.has_receipts": "{{number}} 已收 {{received}} 件，不能取消，可以完结",
  "order.not_received": "{{number}} 订 {{ordered}} 件只收 {{received}} 件；短收完结请写明原因",
  "order.line_unknown": "{{number}} 没有第 {{line}} 行，请刷新后再试",
  "order.price_invalid": "第 {{line}} 行要填单价：不小于 0，最多六位小数",
  "order.tolerance_invalid": "超收容差须在 0 到 100% 之间",
  "order.receipt_status": "收货只能收为待检或良品，不能是{{status}}",
  "transfer.same_place": "调出和调入都是 {{code}}，请选不同的库位",
  "transfer.life_refused": "批次 {{lot}} 到 {{place}} 会被拒收",
  "transfer.life_refused.share":
    "批次 {{lot}} 在 {{arrives_on}} 到 {{place}} 时效期只剩 {{share_ppm}}，对方要求 {{needs_share_ppm}}",
  "transfer.life_refused.days":
    "批次 {{lot}} 在 {{arrives_on}} 到 {{place}} 时只剩 {{days_left}} 天，对方要求 {{needs_days}} 天",
  "transfer.life_refused.pulled": "批次 {{lot}} 在 {{arrives_on}} 到 {{place}} 时已过下架日",
  "transfer.life_refused.no_date": "批次 {{lot}} 缺少日期，无法证明满足 {{place}} 的允收期",
  "transfer.cartons_differ": "批次 {{lot}} 装箱 {{cartons}} 件，与明细 {{lines}} 件不符，请改装箱",
  "transfer.lot_cut":
    "平台上报的销量占用了 {{number}} 预留的批次 {{lot}}，缺 {{lacks}} 件；请按剩下的重新装箱，或取消",
  "transfer.nothing_left": "{{number}} 预留的货已被上报的销量全部占用，请取消它",
  "transfer.in_transit": "{{number}} 还有 {{units}} 件在途（{{lots}}），处理完才能完结",
  "transfer.resolves_too_much": "{{number}} 批次 {{lot}} 在途只有 {{open}} 件，不能处理 {{qty}} 件",
  "transfer.lot_unknown": "{{number}} 没有批次 {{lot}}，请从单据的明细里选",
  "reversal.blocked":
    "有 {{entries}} 笔后来的记账依赖它，最近的是「{{what}}」；请先冲销它们，或一起冲销",
  "reversal.done": "{{on}} 的这笔记账已经冲销过了，不用再冲销",
  "reversal.of_reversal": "冲销不能再冲销，请重新记一笔",
  "reversal.reported": "这是店铺 {{shop}} 上报的，只会随平台的下一次上报而改变",
  "reversal.follows":
    "这笔是随别的记账自动算出的，不能单独冲销；请冲销那张发票，或改变分摊的那次收货、质检或关单",
  "reversal.in_use":
    "{{what}} {{label}} 已有别的记录在用，不能冲销；请先冲销那些记录，或改它的资料",
  "role.no_override": "当前角色不能越过允收期批准，请换批次，或由品牌经理写明原因批准",
  "document.not_a_draft": "单据已不是草稿，不能再改；要改请先冲销",
  "lot.no_cost": "这个批次没有成本，算不出金额；请在收货或期初里补成本",
  "carton.no_sscc": "不能生成箱号，请在公司资料里填好 GS1 厂商识别代码：{{detail}}",
  "transfer.arrives_before_leaving": "{{number}} 的预计到货日早于发货日，请改日期",
  "amount.invalid": "金额 {{amount}} 写法不对，须是两位小数以内的数",
  "amount.not_positive": "金额须大于 0，请检查",
  "attachment.kind_unknown": "这种单据（{{kind}}）不能加附件",
  "attachment.too_large": "附件超过 {{megabytes}} MB，请压缩后再添加：{{path}}",
  "bill.not_spread": "费用单 {{number}} 的批次没有可分摊的份额，请换分摊方式或批次",
  "bill.size_missing":
    "批次 {{lot}} 的货品没有填箱规尺寸或重量，不能这样分摊；请补资料或换分摊方式",
  "bom.line_invalid":
    "物料清单第 {{line}} 行不对：物料不能是货品自己、不能重复，允许损耗须小于 100%",
  "due.more_than_open":
    "第 {{term}} 期只欠 {{open}}，不能记 {{amount}}；确认多付请选多付（命令行 --overpaid）",
  "due.waives_more_than_open": "第 {{term}} 期只欠 {{open}}，不能免 {{amount}}；最多免到欠款的金额",
  "due.refund_too_large": "对方只应退 {{owed}}，不能退 {{amount}}，请核对",
  "due.term_unknown": "付款计划没有第 {{term}} 期，请刷新后再试",
  "invoice.amounts_differ": "发票 {{number}} 的不含税金额、税额与各订单金额合不上，请核对",
  "licence.expired":
    "{{partner}} 的「{{category}}」许可证 {{licence}} 已于 {{expired_on}} 过期，不能下单；请更新许可证",
  "materials.loss_beyond_book":
    "{{material}} 缺 {{missing}} 件，工厂账上只有 {{available}} 件；若是别的单用掉的，请先把剩料留厂备用，再由那张单领用，否则先盘点或补记发料",
  "materials.short":
    "{{place}} 的 {{material}} 不够：要 {{wanted}} 件，只有 {{available}} 件；请减少数量，或先收料",
  "materials.kept_beyond_left":
    "{{number}} 在工厂只剩 {{left}} 件 {{material}}，不能留厂 {{qty}} 件；已结算的损耗先冲销，或先盘点",
  "materials.more_used_than_sent":
    "{{number}} 实际用掉的 {{material}} 比发给它的多 {{units}} 件；请先用厂内余料或补记发料，再结算损耗。若用的是别的单的料，先让那张单把剩料留厂备用",
  "materials.returned_beyond_left":
    "{{number}} 在工厂只剩 {{left}} 件 {{material}}，不能退 {{qty}} 件；其余是别的单的料或留厂余料，请在那张单上退，或不写订单",
  "materials.returned_beyond_free":
    "工厂里不属于任何订单的 {{material}} 只有 {{free}} 件，不能退 {{qty}} 件；其余请在发料的那张单上退",
  "materials.spoken_for":
    "冲销后工厂只有 {{lies}} 件 {{material}}，而各单名下还有 {{left}} 件；请先留厂备用、退料，或冲销那些单",
  "materials.drawn_beyond_free":
    "工厂里不属于任何订单的 {{material}} 只有 {{free}} 件，不能领用 {{qty}} 件；请先在原订单留厂备用，或发料",
  "milestone.out_of_order": "{{milestone}}（{{on}}）不能早于{{before}}（{{before_on}}），请改日期",
  "offer.days_invalid": "{{sku}} 的报价到 {{to}} 为止，却从 {{from}} 开始，请改日期",
  "offer.lead_invalid":
    "{{sku}} 的平均交期 {{mean}} 天不能大于 P90 交期 {{p90}} 天，也不能超过十年",
  "offer.moq_below_tiers": "{{sku}} 的起订量 {{moq}} 低于第一档 {{first}}，没有价格；请补一档",
  "offer.price_invalid": "{{sku}} 第 {{tier}} 档要填单价：不小于 0，最多六位小数",
  "offer.tiers_invalid": "{{sku}} 第 {{tier}} 档的起始数量须大于前一档",
  "order.amend_below_received":
    "{{number}} 第 {{line}} 行已收 {{received}} 件，不能改成别的货品或更少",
  "order.balance_not_paid": "{{number}} 约定款到发货，这批货的款没有付清；确认先收货请写明原因",
  "order.before_ship_open": "{{number}} 还有 {{open}} 发货前要付，请先付款",
  "order.deposit_fate_missing":
    "{{number}} 已付过款：请说明已付款是工厂应退，还是不退（命令行：--deposit refund_due 或 forfeited）",
  "order.below_moq": "{{sku}} 订 {{qty}} 件，低于起订量 {{moq}} 件；仍要下单请写明原因",
  "order.dues_open": "{{number}} 还欠 {{open}}，付清或免付后才能完结",
  "order.losses_too_early":
    "{{number}} 订 {{ordered}} 件只到 {{received}} 件：工厂手里的料还不算损耗。到齐后再结算，或写明不再到货的原因",
  "order.losses_settled": "{{number}} 没有新的缺料可以结算",
  "order.goods_open":
    "{{number}} 还有货没了结（{{lots}}）：待换货 {{replacements}}，返工中 {{rework}}，待检 {{undecided}}",
  "quality.returns_too_much":
    "{{number}} 第 {{line}} 行：不能退 {{qty}} 件，该批在本单收到且未退的只有 {{came}} 件",
  "lot.received_expired":
    "批次 {{lot}} 在 {{expires_on}} 已到期，收货日是 {{day}}。仍要收的，请写明原因。",
  "lot.made_after_receipt": "批次 {{lot}} 的生产日期 {{mfg_on}} 晚于收货日 {{day}}",
  "order.claims_none": "{{number}} 没有待处理的索赔",
  "order.claims_open": "{{number}} 的索赔还没有处理：抵货款、收赔付或放弃，之后才能完结",
  "bill.beyond_cost": "批次 {{lot}} 的成本只有 {{cost}}，不能再减 {{amount}}，请核对金额和批次",
  "order.claim_beyond_cost": "索赔的成本只有 {{cost}}，要 {{amount}} 请在备注里写明原因",
  "invoice.other_partner": "{{number}} 不是这个伙伴的订单，请核对发票的开票方或订单",
  "order.losses_open": "{{number}} 的客供料损耗还没有结算，结算后才能完结",
  "order.material_left":
    "工厂里还有 {{number}} 剩下的 {{left}} 件 {{material}}；请先退料或留厂备用，再完结",
  "order.no_prices": "这张订单在本机没有价格，不能处理款项",
  "order.not_multiple":
    "{{sku}} 订 {{qty}} 件，不是 {{multiple}} 的倍数；请订 {{below}} 或 {{above}} 件，或写明原因",
  "order.price_differs":
    "{{sku}} 订 {{qty}} 件，单价 {{price}} 与报价 {{offered}} 不同；确认请写明原因",
  "order.replaces_too_much": "{{number}} 只有 {{waiting}} 件等换货，不能收 {{qty}} 件换货",
  "order.version_not_current": "版本 {{artwork}} 今天不能下单，请换现行版本",
  "order.no_version_holds":
    "{{sku}} 在 {{day}} 没有能下单的版本，最近的是 {{nearest}}（{{period}}）；请改它的日期、新建版本，或写明原因再下单",
  "offer_warning.price_rises": "按报价，从 {{from}} 件起单价反而更高，请确认是否写错",
  "offer_warning.overlaps": "同一伙伴今天还有 {{count}} 份报价有效，按 {{from}} 起的那份算",
  "statement.month_in_future": "{{month}} 还没到，没有可对的账",
  "statement.suspense_open":
    "{{material}} 超账面用了 {{units}} 件，还没有对应的料；请先补记发料或按工厂盘点，再确认",
  "version.overlap":
    "{{sku}} 的版本 {{version}} 与版本 {{other}} 日期重叠；请让前一个在后一个开始的前一天结束",
  "period.invalid": "{{to}} 早于 {{from}}，请改日期",
  "quality.factory_place_missing":
    "代工厂没有库位，客供料和返工的货没有地方放；请先在设置里为它建库位",
  "quality.settle_by_missing": "退厂要写明怎么结：换货、扣款或返工",
  "quality.status": "只有待检和不良的货要质检结论，{{status}}的不用",
  "set.part_missing": "{{sku}} 的组件 {{part}} 不够：要 {{needed}} 件，只有 {{available}} 件",
  "set.without_parts": "{{sku}} 的组件不对：组合装要有组件，别的货品不能有",
  "statement.count_without_lot": "多盘出 {{units}} 件，没有批次可以记；请先补记发料",
  "statement.differs":
    "{{material}} 账面 {{book}} 件，工厂盘点 {{counted}} 件；请先查清差异，或标为有异议",
  "tax.rate_invalid": "税率须在 0 到 100% 之间，不含 100%",
  "terms.not_whole": "付款计划合计 {{sum_ppm}}，须是 100%",
  "terms.out_of_order": "付款计划第 {{term}} 期的时点早于前一期，请调整顺序",
  "terms.term_invalid": "付款计划第 {{term}} 期的比例须大于 0、不超过 100%，账期不超过十年",
};
