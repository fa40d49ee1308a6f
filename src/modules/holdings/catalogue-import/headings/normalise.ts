/** Ends the headings of columns that a workbook of rejects adds: they are no part of the entry when it comes back. */
export const REJECT_MARK = '(Lantai)';

/** Ends the headings of free elements that would else be taken for a field: they are kept under their heading. */
export const KEPT_MARK = '(=)';

/** Traditional characters that occur in headings of catalogues, each with its simplified form. */
const PAIRS =
  '題题檔档號号責责時时間间機机構构開开狀状態态頁页數数備备註注載载體体關关鍵键詞词內内錄录級级標标識识屬属門门類类歸归紙纸張张單单編编輯辑組组織织語语範范圍围縮缩複复製制與与對对稱称館馆終终歷历種种緊紧抄抄發发執执櫃柜項项業业從从屆届會会計计圖图處处區区實实書书寫写說说導导華华國国廣广電电報报長长歲岁為为買卖變变動动權权縣县鄉乡鎮镇審审銷销毀毁層层況况額额聲声像像專专題题檢检頭头順顺據据價价蓋盖閱阅讀读網网頻频轉转換换協协議议條条約约錄录釋释總总結结應应準准';
const SIMPLIFIED = new Map<string, string>();
const letters = [...PAIRS];
for (let i = 0; i + 1 < letters.length; i += 2) SIMPLIFIED.set(letters[i]!, letters[i + 1]!);

/**
 * Brings a heading to the form headings are compared in: half width, small letters, simplified characters, without
 * blanks, punctuation and remarks in brackets. `題 名（必填）` → `题名`, `levelOfDescription` → `levelofdescription`.
 */
export function normaliseHeading(heading: string): string {
  const plain = heading.normalize('NFKC').toLowerCase();
  const bare = plain
    .replace(/[([{〔【《][^)\]}〕】》]*[)\]}〕】》]/g, '')
    .replace(/\*\s*required\s*\*|必填|选填/g, '');
  const kept = (bare.match(/[\p{L}\p{N}]/u) ? bare : plain).replace(/[^\p{L}\p{N}]+/gu, '');
  let out = '';
  for (const c of kept) out += SIMPLIFIED.get(c) ?? c;
  return out;
}
