/** What needs somebody today. `.more` stands for those of a kind that are not listed. */
export const tasks = {
  "task.import_goods": "还没有货品：导入编码、名称、条码、箱规、保质期",
  "task.import_places": "还没有库位：导入自营仓、平台仓和启用日期",
  "task.import_opening": "还没有库存：导入各仓各批次的期初数量",
  "task.import_sales": "还没有销量：导入销售日报，预测和补货才有依据",
  "task.order_draft": "给 {{factory}} 的订单还是草稿，没有下单：{{goods}}，{{units}} 件",
  "task.order_draft.more": "另有 {{count}} 张订单草稿没有下单，共 {{units}} 件",
  "task.order_awaits_acceptance":
    "{{factory}} 还没有接单，已等 {{days}} 天：{{number}}，{{goods}}，{{units}} 件",
  "task.order_awaits_acceptance.more": "另有 {{count}} 张订单等工厂接单，共 {{units}} 件",
  "task.order_due":
    "{{number}} 离承诺交期 {{days}} 天，还有 {{units}} 件没到：{{factory}}，{{goods}}",
  "task.order_due.more": "另有 {{count}} 张订单一周内到期，{{units}} 件没到",
  "task.order_late": "{{number}} 晚交 {{days}} 天，还有 {{units}} 件没到：{{factory}}，{{goods}}",
  "task.order_late.more": "另有 {{count}} 张订单晚交，{{units}} 件没到",
  "task.order_to_close": "{{number}} 已收齐，可以完结：{{factory}}，{{goods}}",
  "task.order_to_close.more": "另有 {{count}} 张订单已收齐，可以完结",
  "task.transfer_draft": "{{from}} → {{to}} 的调拨还是草稿，没有批准：{{units}} 件",
  "task.transfer_draft.more": "另有 {{count}} 张调拨草稿没有批准，共 {{units}} 件",
  "task.transfer_to_pack": "{{number}} 等装箱：{{from}} → {{to}}，{{units}} 件",
  "task.transfer_to_pack.more": "另有 {{count}} 张调拨单等装箱，共 {{units}} 件",
  "task.transfer_to_ship":
    "{{number}} 已装 {{cartons}} 箱，等发货：{{from}} → {{to}}，{{units}} 件",
  "task.transfer_to_ship.more": "另有 {{count}} 张调拨单等发货，共 {{units}} 件",
  "task.transfer_cut":
    "{{number}} 缺 {{units}} 件，被上报的销量占用：{{lots}}；按剩下的重新装箱，或取消",
  "task.transfer_cut.more": "另有 {{count}} 张调拨单缺货，共 {{units}} 件",
  "task.transfer_expected": "{{number}} 快到 {{to}}，请准备收货：来自 {{from}}，{{units}} 件",
  "task.transfer_expected.more": "另有 {{count}} 张调拨单快到货，共 {{units}} 件",
  "task.transfer_late": "{{number}} 晚到 {{days}} 天，{{units}} 件还在途：{{from}} → {{to}}",
  "task.transfer_late.more": "另有 {{count}} 张调拨单晚到，{{units}} 件还在途",
  "task.transfer_discrepancy": "{{number}} 少到 {{units}} 件，收货差异没有处理：{{from}} → {{to}}",
  "task.transfer_discrepancy.more": "另有 {{count}} 张调拨单的收货差异没有处理，共 {{units}} 件",
  "task.transfer_to_close": "{{number}} 已到齐，可以完结：{{from}} → {{to}}，{{units}} 件",
  "task.transfer_to_close.more": "另有 {{count}} 张调拨单已到齐，可以完结，共 {{units}} 件",
  "task.quarantine": "{{place}} 有 {{lots}} 批 {{units}} 件待检，最早的已等 {{days}} 天",
  "task.quarantine.more": "另有 {{count}} 个库位有货待检，共 {{units}} 件",
  "task.lot_expired":
    "{{sku}} {{name}} 批次 {{lot}} 已过期 {{days}} 天（{{on}}），账上还有 {{units}} 件",
  "task.lot_expired.more": "另有 {{count}} 批已过期，账上还有 {{units}} 件",
  "task.lot_expiring":
    "{{sku}} {{name}} 批次 {{lot}} 还有 {{days}} 天到期（{{on}}），{{units}} 件里有 {{at_risk}} 件卖不完",
  "task.lot_expiring.more": "另有 {{count}} 批快到期，{{units}} 件卖不完",
  "task.suspense": "{{place}} 报的销量比账面多 {{units}} 件，待核对：{{goods}}",
  "task.suspense.more": "另有 {{count}} 个库位有销量待核对，共 {{units}} 件",
  "task.sold_out":
    "{{place}} 的 {{sku}} {{name}} 已断货，今天发货也要 {{days}} 天后才能卖；需要 {{units}} 件",
  "task.sold_out.more": "另有 {{count}} 款已断货，需要 {{units}} 件",
  "task.stock_out_ahead":
    "{{place}} 的 {{sku}} {{name}} 只够卖 {{cover}} 天，今天发货也要 {{days}} 天后才能卖；需要 {{units}} 件",
  "task.stock_out_ahead.more": "另有 {{count}} 款会在补货到达前断货，需要 {{units}} 件",
  "task.plan_to_send": "建议给 {{place}} 发 {{goods}} 款 {{cartons}} 箱，共 {{units}} 件",
  "task.plan_to_send.more": "另有 {{count}} 个库位建议发货，共 {{units}} 件",
  "task.backup_none": "账套还没有备份，电脑坏了就找不回来",
  "task.backup_old": "最近一次备份在 {{days}} 天前",
  "task.sync_failed": "店铺 {{shop}} 同步失败，销量没有更新",
  "task.sync_never": "店铺 {{shop}} 还没有同步过",
  "task.listings_unmapped":
    "店铺 {{shop}} 有 {{count}} 个平台商品没有对应货品，{{units}} 件销量没有扣减库存：选择货品",
  "task.warehouses_unmapped":
    "店铺 {{shop}} 有 {{count}} 个平台仓没有对应库位，销量没有扣减库存：选择库位",
  "task.sync_old": "店铺 {{shop}} 已 {{days}} 天没有同步，销量和库存不是最新的",
  "task.sync_failed.sync.unavailable": "店铺 {{shop}} 连不上，销量没有更新：检查网络后再同步",
  "task.sync_failed.sync.unauthorized":
    "店铺 {{shop}} 的访问令牌被平台拒绝，销量没有更新：换新令牌",
  "task.sync_failed.sync.refused": "平台拒绝了店铺 {{shop}} 的请求，销量没有更新：核对平台授权",
  "task.sync_failed.sync.no_token": "店铺 {{shop}} 没有访问令牌，同步不了：填写令牌",
  "task.sync_failed.shop.token_invalid": "店铺 {{shop}} 的访问令牌写法不对，同步不了：重新复制",
  "task.sync_failed.sync.shop_unknown": "平台上找不到店铺 {{shop}}，同步不了：核对平台店铺 ID",
  "task.sync_failed.shop.url_invalid": "店铺 {{shop}} 的接口地址不对，同步不了：核对地址",
  "task.sync_failed.keyring.failed": "系统钥匙串用不了，店铺 {{shop}} 同步不了：解锁钥匙串",
  "task.order_awaits_deposit": "{{number}} 的定金没有付，工厂不开工：{{factory}}，{{goods}}",
  "task.order_awaits_deposit.more": "另有 {{count}} 张订单的定金没有付，共 {{units}} 件",
  "task.order_awaits_material": "{{number}} 的物料没有发齐，工厂做不了：{{factory}}，{{goods}}",
  "task.order_awaits_material.more": "另有 {{count}} 张订单等发料，共 {{units}} 件",
  "task.order_awaits_balance":
    "{{number}} 备货完成，付尾款后才发货：{{factory}}，{{goods}}，{{units}} 件",
  "task.order_awaits_balance.more": "另有 {{count}} 张订单等付尾款，共 {{units}} 件",
  "task.order_awaits_quality": "{{number}} 到的货等质检结论：{{factory}}，{{goods}}",
  "task.order_awaits_quality.more": "另有 {{count}} 张订单的到货等质检结论",
  "task.licence_expiring":
    "{{partner}} 的{{licence}}（{{category}}）{{days}} 天后到期，到期后不能下单；请催办换证",
  "task.licence_expiring.more": "另有 {{count}} 张许可证快到期",
  "task.licence_expired": "{{partner}} 的{{licence}}（{{category}}）已过期 {{days}} 天，不能下单",
  "task.licence_expired.more": "另有 {{count}} 张许可证已过期",
  "task.old_version_scrap":
    "{{sku}} {{name}} 的新版本 {{artwork}} 已于 {{on}} 启用，还有旧版 {{units}} 件要报废（批次 {{lots}}）",
  "task.old_version_scrap.more": "另有 {{count}} 种货有旧版库存，共 {{units}} 件",
  "task.old_version_rework":
    "{{sku}} {{name}} 的新版本 {{artwork}} 已于 {{on}} 启用，还有旧版 {{units}} 件要返工换标（批次 {{lots}}）；做完后把旧货处理改为用完为止",
  "task.old_version_rework.more": "另有 {{count}} 种货有旧版库存，共 {{units}} 件",
  "task.old_version_material":
    "{{sku}} {{name}} 有 {{units}} 件只用于 {{goods}} 在 {{artwork}} 之前的版本，现在没有物料清单用它：退回或报废（批次 {{lots}}）",
  "task.old_version_material.more": "另有 {{count}} 种旧版物料，共 {{units}} 件",
  "task.partner_owes_back":
    "{{factory}} 应退 {{amount}} {{currency}}：{{number}} 已结束，付的比应付的多；收到后记退款",
  "task.partner_owes_back.more": "另有 {{count}} 张已结束的订单，对方应退款",
  "task.statement_changed":
    "{{factory}} 确认 {{place}} {{month}} 的对账单之后账面变了，请重新出账并再次确认",
  "task.statement_changed.more": "另有 {{count}} 张已确认的对账单与账面不符",
  "task.material_left_behind":
    "{{number}} 已取消，{{factory}} 的 {{place}} 还有它的料：{{materials}}；退回来，或留给下一张单用",
  "task.material_left_behind.more": "另有 {{count}} 张已取消的订单有料在代工厂，共 {{units}} 件",
  "task.material_suspense": "{{place}} 用的料比账面多 {{units}} 件：{{goods}}；请补记发料或盘点",
  "task.material_suspense.more": "另有 {{count}} 个代工厂库位用料超账面，共 {{units}} 件",
};
