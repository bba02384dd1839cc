/** Marketplace shops: connecting and syncing them. */
export const shops = {
  "keyring.failed": "系统钥匙串用不了，令牌存不了；请解锁钥匙串后再试：{{detail}}",
  "shop.remote_taken": "平台店铺 {{remote}} 已连接为 {{shop}}，再连一次会重复扣减",
  "shop.token_invalid": "访问令牌写法不对，请重新复制",
  "shop.url_invalid": "接口地址不对（{{url}}），请按平台给的地址填写：{{detail}}",
  "shop.warehouse_invalid": "店铺 {{shop}} 的平台仓代码为空或重复：{{warehouse}}",
  "sync.no_token": "店铺 {{shop}} 没有访问令牌，请在设置里填写",
  "sync.unauthorized": "店铺 {{shop}} 的访问令牌被拒绝，请换新的",
  "sync.refused": "平台拒绝了店铺 {{shop}} 的请求（{{reason}}），请在平台后台核对授权：{{detail}}",
  "sync.unavailable": "店铺 {{shop}} 暂时连不上，请检查网络后再同步：{{detail}}",
  "sync.protocol": "店铺 {{shop}} 的应答不合约定，什么都没有记；请复制报告发给我们：{{detail}}",
  "sync.expired": "店铺 {{shop}} 的读取位置过期，请再同步一次",
  "sync.moved": "店铺 {{shop}} 的数据在读取时变了，请再同步一次",
  "sync.shop_unknown": "平台上没有店铺 {{remote}}（{{shop}}），请核对平台店铺 ID",
  "sync.day_missing": "店铺 {{shop}} 有 {{units}} 件销量没有日期，未记账；请在平台核对这些订单",
  "sync.day_posted_by_file":
    "{{place}} 在 {{first}} 到 {{last}} 的 {{days}} 天已由文件导入，平台销量未重复记账（店铺 {{shop}}）",
  "sync.listing_unmapped":
    "店铺 {{shop}} 的平台商品 {{listing}}（{{seller_sku}}）没有对应货品，{{units}} 件未记账；请导入别名后再同步",
  "sync.warehouse_missing":
    "店铺 {{shop}} 有 {{units}} 件销量没有写平台仓，未记账；请在平台核对这些订单",
  "sync.warehouse_unmapped":
    "店铺 {{shop}} 的平台仓 {{warehouse}} 没有对应库位，{{units}} 件未记账；请在店铺设置里对应后再同步",
  "sync.orders": "正在读取订单",
  "sync.snapshot": "正在读取全部订单",
  "sync.days": "正在按天记账",
};
