import { isSecret, wasSecret } from '#kernel/classification';
import type { AccessStatus, Classification, Level } from '../../domain/unit.ts';
import { normaliseHeading } from '../headings/normalise.ts';

/** Vocabularies of catalogues, old and new. Every reader answers undefined for a word it does not know. */

const words = <T extends string>(table: Record<T, string>): Map<string, T> =>
  new Map(
    (Object.entries(table) as [T, string][]).flatMap(([value, all]) =>
      all.split(' ').map((w) => [normaliseHeading(w), value]),
    ),
  );

const ACCESS = words<AccessStatus>({
  open: '开放 公开 已开放 同意开放 可开放 拟开放 是 open published public yes y true 1 publicdomain',
  restricted:
    '控制 不开放 未开放 控制使用 不予开放 受控 划控 否 closed restricted withheld draft no n false 0 openwithexception',
  delayed: '延期开放 延期 延期向社会开放 delayed',
  unreviewed:
    '未审核 未审 未鉴定 待审 待审核 待鉴定 未开放鉴定 notyetexamined unreviewed notreviewed unknown',
});

/** 开放标识 and its equivalents. `Open with exception` is closed until somebody looks. */
export function readAccess(text: string): AccessStatus | undefined {
  return ACCESS.get(normaliseHeading(text));
}

export type LevelWord = Level | 'fonds';

const LEVELS = words<LevelWord>({
  fonds: '全宗 全宗级 fonds collection recordgroup 汇集',
  series:
    '类别 类 系列 大类 二级类目 目录 series subseries subfonds subgroup section class subcollection recordseries sous-fonds',
  file: '案卷 案卷级 卷 卷级 组 册 盒 file folder volume dossier 项目 box subfile otherlevel',
  item: '件 文件 文件级 件级 卷内文件 卷内 单件 归档文件 item piece document record part',
});

/** 著录层级: the words of DA/T 18, of ISAD(G) and its tools. */
export function readLevel(text: string): LevelWord | undefined {
  return LEVELS.get(normaliseHeading(text));
}

const CLASSES = words<Classification>({
  public: '公开 无 非密 不涉密 一般 普通 非涉密 公开级 public none unclassified open ordinary 解密 已解密',
  internal: '内部 国内 内部资料 内部文件 工作秘密 限国内 internal restricted officialuseonly',
});

/** 密级. Secret levels may not be on a networked install (`#kernel/classification`); 原机密 says that it was one. */
export function readClassification(text: string): Classification | 'secret' | undefined {
  const known = CLASSES.get(normaliseHeading(text));
  if (known) return known;
  if (isSecret(text)) return 'secret';
  return wasSecret(text) ? 'public' : undefined;
}

/** Pages as a number of at least 1: `12`, `12页`, `12.0`, `共12頁`. A stretch (`3-7`) says a place, not a number. */
export function readPages(text: string): number | undefined {
  const m = /^共?\s*0*([1-9]\d{0,6})(?:\.0+)?\s*(?:[页頁张張]|pp?\.?|pages?|folios|leaves|ff\.?)?$/i.exec(
    text.normalize('NFKC').trim(),
  );
  return m ? Number(m[1]) : undefined;
}

/** 年度 as a number: `2003`, `2003年`, `2003年度`, `民国三十年` is left to the date. */
export function readYear(text: string): number | undefined {
  const m = /^([12]\d{3})(?:\.0+)?\s*(?:年度?)?$/.exec(text.normalize('NFKC').trim());
  return m ? Number(m[1]) : undefined;
}

export function isZeroPages(text: string): boolean {
  return /^0+(?:\.0+)?$/.test(text.trim());
}
