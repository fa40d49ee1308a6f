/**
 * The elements of an EEP and what they hold, in order [S:XSD]. After a name: `?` at most once, `*` any number, `+` one or
 * more, nothing: once. `a|b` is one of both. `~` marks elements that packages in use have and the schema copy lacks: they
 * are read and not written.
 */
const MODELS: Readonly<Record<string, string>> = {
  电子文件封装包: '封装包格式描述 版本 被签名对象 电子签名块? 锁定签名?',
  被签名对象: '封装包类型 封装包类型描述 封装包创建时间 封装包创建单位 封装内容|修改封装内容',
  封装内容: '文件实体块 业务实体块 机构人员实体块',
  修改封装内容: '修改标识符 原封装包 修订内容',
  原封装包: '被签名对象 电子签名块?',
  修订内容: '文件实体块 业务实体块 机构人员实体块',
  文件实体块: '文件实体 文件实体关系*',
  业务实体块: '业务实体+',
  机构人员实体块: '机构人员实体+ 机构人员实体关系*',
  文件实体: '聚合层次 来源 电子文件号 档号 内容描述 形式特征 存储位置 权限管理 信息系统描述* 附注* 文件数据',
  来源: '档案馆名称? 档案馆代码? 全宗名称? 立档单位名称',
  档号: '全宗号? 目录号? 年度 保管期限 机构或问题? ~类别号? 室编案卷号? 馆编案卷号? 室编件号? 馆编件号? 页号?',
  内容描述:
    '题名 并列题名? 副题名? 说明题名文字? 主题词* 关键词? 人名? 摘要? 分类号? 文件编号? 责任者 日期 文种? 紧急程度? 主送? 抄送? 密级 保密期限?',
  形式特征: '文件组合类型 ~件数? 页数? 语种? 稿本?',
  存储位置: '当前位置? 脱机载体编号+ 脱机载体存址* 缩微号?',
  权限管理: '知识产权说明? 授权* 控制标识?',
  授权: '授权对象 授权行为',
  文件数据: '文档+',
  文档: '文档标识符 文档序号? 文档主从声明? 题名? 文档数据+',
  文档数据: '编码+',
  编码: '电子属性 数字化属性? 编码描述 反编码关键字 编码数据',
  电子属性: '格式信息? 计算机文件名 计算机文件大小 文档创建程序?',
  数字化属性: '数字化对象形态? 扫描分辨率 扫描色彩模式 图像压缩方案?',
  文件实体关系: '文件标识符 被关联文件标识符 关系类型? 关系? 关系描述?',
  业务实体: '业务标识符 机构人员标识符 文件标识符 业务状态 业务行为 行为时间 行为依据? 行为描述?',
  机构人员实体: '机构人员标识符 机构人员类型? 机构人员名称 组织机构代码? 个人职位?',
  机构人员实体关系: '机构人员标识符 被关联机构人员标识符 关系类型? 关系? 关系描述?',
  电子签名块: '电子签名+',
  电子签名: '签名标识符 签名规则 签名时间? 签名人? 签名结果 证书块+ 签名算法标识',
  锁定签名: '被锁定签名标识符 签名规则 签名时间? 签名人? 签名结果 证书块+ 签名算法标识',
  证书块: '证书+ 证书引证?',
};

/** One place in the order of an element's children. */
export interface Slot {
  /** The elements that may stand here; one, or the alternatives of a choice. */
  readonly names: readonly string[];
  readonly least: 0 | 1;
  readonly most: number;
  /** Not in the schema copy. */
  readonly tolerated: boolean;
}

export interface Model {
  readonly slots: readonly Slot[];
  /** The slot of a child, by its name. */
  readonly at: ReadonlyMap<string, number>;
}

function slotOf(written: string): Slot {
  const [, mark, names, times] = /^(~?)(.+?)([?*+]?)$/.exec(written)!;
  return {
    names: names!.split('|'),
    least: times === '?' || times === '*' ? 0 : 1,
    most: times === '*' || times === '+' ? Number.POSITIVE_INFINITY : 1,
    tolerated: mark === '~',
  };
}

function modelOf(written: string): Model {
  const slots = written.split(' ').map(slotOf);
  return { slots, at: new Map(slots.flatMap((slot, i) => slot.names.map((name) => [name, i] as const))) };
}

const models: ReadonlyMap<string, Model> = new Map(
  Object.entries(MODELS).map(([name, written]) => [name, modelOf(written)]),
);

/** What an element holds; undefined for elements that hold text, and for names no EEP has. */
export function modelFor(name: string): Model | undefined {
  return models.get(name);
}

const homes = new Map<string, string[]>();
for (const [name, model] of models)
  for (const child of model.at.keys()) homes.set(child, [...(homes.get(child) ?? []), name]);

/** The elements a name may stand in; none where no EEP has such an element. */
export function homesOf(name: string): readonly string[] {
  return homes.get(name) ?? [];
}

/** Elements that may hold text beside their children. */
export const MIXED: ReadonlySet<string> = new Set(['档号']);
