import { FIXED_VERSION, ORIGINAL, REVISED } from './words.ts';

/** What the text of an element has to be [S:XSD]. Elements not named here hold any text. */
export interface ValueRule {
  readonly kind: 'any' | 'year' | 'moment' | 'positive' | 'size' | 'id' | 'idref' | 'uri' | 'base64';
  /** The only values allowed. */
  readonly oneOf?: readonly string[];
}

const any = (...oneOf: string[]): ValueRule => ({ kind: 'any', oneOf });
const of = (kind: ValueRule['kind']): ValueRule => ({ kind });

const RULES: Readonly<Record<string, ValueRule>> = {
  版本: { kind: 'year', oneOf: [FIXED_VERSION] },
  封装包类型: any(ORIGINAL, REVISED),
  封装包创建时间: of('moment'),
  聚合层次: any('文件'),
  年度: of('year'),
  室编件号: of('positive'),
  文件组合类型: any('单件', '组合文件'),
  文档标识符: of('id'),
  文档主从声明: any('主文档', '附属文档'),
  计算机文件大小: of('size'),
  扫描色彩模式: any('黑白二值', '灰度', '彩色'),
  业务状态: any('历史行为', '计划任务'),
  机构人员类型: any('单位', '内设机构', '个人'),
  修改标识符: of('id'),
  签名标识符: of('id'),
  被锁定签名标识符: of('idref'),
  签名结果: of('base64'),
  证书: of('base64'),
  证书引证: of('uri'),
  编码数据: of('base64'),
};

const ANY: ValueRule = { kind: 'any' };

export function valueRule(name: string): ValueRule {
  return RULES[name] ?? ANY;
}

/** Elements whose text is Base64: white space in it means nothing. */
export const isBase64 = (name: string): boolean => RULES[name]?.kind === 'base64';

const YEAR = /^-?(?:[1-9]\d{3,}|0\d{3})(?:Z|[+-]\d{2}:\d{2})?$/;
const MOMENT =
  /^-?(?:[1-9]\d{3,}|0\d{3})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))?$/;
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*$/u;

function isMoment(text: string): boolean {
  const parts = MOMENT.exec(text)
    ?.slice(1)
    .map((p) => Number(p ?? 0));
  if (!parts) return false;
  const [month, day, hour, minute, second, zoneHour, zoneMinute] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const days = new Date(Date.UTC(Number(text.slice(0, 4)), month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days) return false;
  if (zoneHour > 14 || zoneMinute > 59) return false;
  return (hour < 24 && minute < 60 && second < 60) || (hour === 24 && minute === 0 && second === 0);
}

/** What is wrong with a value, in words that follow the element's name; undefined when nothing is. Base64 is not judged here. */
export function faultOf({ kind, oneOf }: ValueRule, text: string): string | undefined {
  const value = kind === 'any' ? text : text.trim();
  if (kind === 'year' && !YEAR.test(value)) return 'should be a year of four digits';
  if (kind === 'moment' && !isMoment(value))
    return 'should be a date and time such as 2009-12-16T09:30:00 or 2009-12-16T09:30:00+08:00';
  if (kind === 'positive' && !/^\+?0*[1-9]\d*$/.test(value)) return 'should be a whole number from 1';
  if (kind === 'size' && !/^\d{1,15}$/.test(value)) return 'should be a number of bytes';
  if ((kind === 'id' || kind === 'idref') && !NAME.test(value))
    return 'should be an identifier: letters, digits, “-”, “_” and “.”, beginning with a letter';
  if (kind === 'uri' && /[\s<>"{}|\\^`]/.test(value)) return 'should be a URI';
  if (oneOf && !oneOf.includes(value)) return `should be ${oneOf.map((v) => `“${v}”`).join(' or ')}`;
  return undefined;
}

/** A moment as packages write it; without a zone it is China's. Undefined where it is none. */
export function momentOf(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const moment = new Date(`${match[1]}T${match[2] ?? '00:00:00'}${match[3] ?? '+08:00'}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
