/** The workspace's file, exports, verification, and the program itself. */
export const files = {
  "host.bridge": "与程序内核的连接断了，请重新打开窗口：{{text}}",
  cancelled: "已取消；没做完的那一步没有改动，之前做完的保留",
  "command.unknown": "程序内核不认识命令 {{name}}，窗口与内核版本不一致；请重新安装",
  "shell.failed": "程序出错，什么都没有改动：{{text}}",
  "workspace.none_open": "还没有打开账套，请先新建或打开一个",
  "workspace.read_only":
    "账套是只读打开的，什么都不能改；请关闭占用它的窗口或取消文件只读，再重新打开：{{path}}",
  "workspace.busy": "账套正在做另一件长的工作，请等它做完或取消后再试",
  "workspace.synced_folder":
    "账套放在 {{cloud}} 同步文件夹里，同步软件可能改坏它；请关闭账套，把文件移到普通文件夹",
  "workspace.backup_failed":
    "今天的自动备份没有做成（{{detail}}）；请检查磁盘空间和备份文件夹，再手动备份一次",
  "file.unreachable": "读写不了文件，请检查路径和权限：{{path}}（{{detail}}）",
  "file.not_a_workspace": "这不是品仓账套，请另选 .pincang 文件：{{path}}",
  "file.other_workspace": "这是另一个账套的备份，不能恢复到这里；请另选本账套的备份：{{path}}",
  "file.newer":
    "账套由更新的版本写成（格式 {{found}}，本程序认识到 {{known}}），请升级程序：{{path}}",
  "file.locked": "账套正被另一个窗口或命令使用，请先在那边关闭：{{path}}",
  "file.read_only": "文件是只读的，不能记账；请取消只读，或复制到可写的文件夹：{{path}}",
  "file.network_drive":
    "账套不能放在网络盘（{{kind}}）上，锁不可靠会坏账；请移到本地磁盘：{{path}}",
  "file.exists": "已有同名文件，请换个名字：{{path}}",
  "file.disk_full": "磁盘已满，什么都没有改动。请腾出空间再试。",
  "file.damaged": "账套文件损坏，请从备份恢复：{{detail}}",
  "file.entry_unknown": "账套里有本版本读不懂的记账，请升级程序：{{detail}}",
  "file.failed": "账套文件出错，什么都没有改动：{{detail}}",
  "file.not_ours": "只能打开本次运行写出的文件，请重新导出：{{path}}",
  "file.no_reader": "系统没有打开这种文件的程序，请安装一个，或自己打开它：{{reason}}",
  "verify.chain_broken": "第 {{position}} 笔的防篡改链断开（{{kind}}）：有人改过文件，请从备份恢复",
  "verify.unreadable": "第 {{position}} 笔读不出来，请从备份恢复：{{detail}}",
  "verify.table_differs": "表 {{table}} 与重放不符（现有 {{kept}}，应为 {{replayed}}），请重建结存",
  "verify.file_missing": "附件不见了：{{path}}。请恢复备份，或重新添加",
  "verify.file_changed": "附件与当初添加的不同：{{path}}。请删除后恢复备份，或重新添加正确的文件",
  "verify.below_zero": "{{place}} 批次 {{lot}} 在 {{day}} 结存为负：{{qty}} 件",
  "verify.damaged": "数据库文件损坏，请从备份恢复：{{detail}}",
  "command.field_missing":
    "{{name}} 的 JSON 缺少字段 {{field}}，写法见 pincang help {{name}}；如果是窗口里出现，请重新安装同一版本",
  "command.malformed":
    "给 {{name}} 的内容不对：{{detail}}。写法见 pincang help {{name}}；如果是窗口里出现，请重新安装同一版本",
  "export.too_many_rows": "共 {{found}} 行，一张工作表放不下；请改存为 CSV",
  "export.text_too_long": "第 {{row}} 行 {{column}} 列的文字太长，一个单元格放不下；请改存为 CSV",
  "export.failed": "写不出文件：{{detail}}",
  "file.name_refused": "文件名不能用：{{path}}（须以 {{endings}} 结尾）",
  "demo.steps": "正在生成示例",
  "export.no_past": "只有库存能按过去某天导出，{{table}}不能；请去掉日期再导出",
  "export.no_shop": "只有订单差异能按店铺导出，{{table}}不能；请去掉店铺再导出",
  "export.read": "正在读取",
  "export.write": "正在写文件",
  verify: "正在重放台账核对",
  "file.unreadable": "读不了这个文件，请检查路径和权限：{{path}}（{{detail}}）",
};
