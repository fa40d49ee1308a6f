import type { Language } from '#kernel/actor';
import { isMessageKey, t } from '#kernel/wording';
import { fill } from '#kernel/wording/message';
import type { FindingCode, RowFinding } from './types.ts';

/** What is said about a row, in the language of the person. What happened, and what to do. */
const WORDS: Record<
  FindingCode | 'sheet.leftOut' | 'sheet.hidden',
  [zhCN: string, zhTW: string, en: string]
> = {
  'title.missing': [
    '没有题名。请补上题名后再导入。',
    '沒有題名。請補上題名後再匯入。',
    'The title is missing. Give one and import the row again.',
  ],
  'title.noColumn': [
    '没有识别出题名列。请在列设置中指定哪一列是题名。',
    '無法辨識題名欄。請在欄位設定中指定哪一欄是題名。',
    'No column was recognised as the title. Say which one it is.',
  ],
  'title.long': [
    '题名有 {length} 个字符，超过通常的 {limit} 个；已全文保留。',
    '題名有 {length} 個字元，超過通常的 {limit} 個；已全文保留。',
    'The title has {length} characters, more than the usual {limit}; it was kept whole.',
  ],
  'title.tooLong': [
    '题名有 {length} 个字符，最多 {limit} 个。请缩短，其余写入提要或附注。',
    '題名有 {length} 個字元，最多 {limit} 個。請縮短，其餘寫入摘要或附註。',
    'The title has {length} characters; at most {limit} can be kept. Shorten it and put the rest into the abstract or a note.',
  ],
  'code.tooLong': [
    '档号有 {length} 个字符，最多 {limit} 个。',
    '檔號有 {length} 個字元，最多 {limit} 個。',
    'The reference code has {length} characters; at most {limit} are allowed.',
  ],
  'code.duplicateInFile': [
    '档号与本文件第 {row} 行（第 {sheet} 个表）重复。档号在一个档案馆内不得重复。',
    '檔號與本電子檔第 {row} 列（第 {sheet} 個工作表）重複。同一檔案館內檔號不得重複。',
    'Row {row} of sheet {sheet} has the same reference code. A reference code names one entry in an archive.',
  ],
  'code.taken': [
    '馆内已有此档号的条目，且内容不同；原条目未改动。请核对档号，或选择以本文件更新。',
    '館內已有此檔號的著錄，且內容不同；原著錄未變動。請核對檔號，或選擇以本電子檔更新。',
    'Another entry holds this reference code and says something else; it was left as it is. Correct the code, number the codes within their fonds, or choose to update.',
  ],
  'code.void': [
    '档号“{value}”是空号（已给出又撤销，原因：{reason}），不再使用。请核对档号，另行编号后再导入。',
    '檔號「{value}」為空號（已編又註銷，原因：{reason}），不再使用。請核對檔號，重新編號後再匯入。',
    'The number {value} is void: it was given and withdrawn ({reason}), and is not given again. Check the code, give the entry another and import the row again.',
  ],
  'classification.secret': [
    '密级为秘密、机密或绝密的条目不得进入联网系统（保密法；规则 7.5），已拒收且不保存其内容。',
    '列為機密等級的檔案不得進入連網系統（規則 7.5），已拒收且不留存其內容。',
    'Entries classified secret may not be kept on a networked system (rule 7.5 [S:SEC]). The row was refused and nothing of it was kept.',
  ],
  'classification.unknown': [
    '密级“{value}”不在词表中；已暂按“内部”处理，原文保留。',
    '機密等級「{value}」不在詞彙表中；暫依「內部」處理，原文保留。',
    '"{value}" is no classification we know. The entry is treated as internal; the words were kept.',
  ],
  'date.unreadable': [
    '日期“{value}”无法识别；原文已保留，但不能按日期查找。',
    '日期「{value}」無法辨識；原文已保留，但無法依日期檢索。',
    'The date "{value}" could not be read. Its text was kept, but the entry can not be found by date.',
  ],
  'date.backwards': [
    '日期“{value}”的终止早于起始；原文已保留。',
    '日期「{value}」的迄日早於起日；原文已保留。',
    'The date "{value}" ends before it begins. Its text was kept.',
  ],
  'retention.unknown': [
    '保管期限“{value}”不在词表中；原文已保留，期限为空。',
    '保存年限「{value}」不在詞彙表中；原文已保留，年限留空。',
    '"{value}" is no retention period we know; the words were kept, the field is empty.',
  ],
  'access.unknown': [
    '开放状态“{value}”不在词表中；按未审核处理，原文已保留。',
    '開放狀態「{value}」不在詞彙表中；依未審核處理，原文已保留。',
    '"{value}" is no access status we know; the entry counts as not reviewed, the words were kept.',
  ],
  'level.unknown': [
    '著录层级“{value}”不在词表中；按本表的通常层级处理。',
    '著錄層級「{value}」不在詞彙表中；依本表的一般層級處理。',
    '"{value}" is no level of description we know; the usual level of the sheet was taken.',
  ],
  'pages.invalid': [
    '页数“{value}”不是一个数；原文已保留。',
    '頁數「{value}」不是數字；原文已保留。',
    '"{value}" is no number of pages; the words were kept.',
  ],
  'year.invalid': [
    '年度“{value}”不是四位年份；原文已保留。',
    '年度「{value}」不是四位年份；原文已保留。',
    '"{value}" is no year; the words were kept.',
  ],
  'category.unknown': [
    '档案门类“{value}”过长，原文已保留。',
    '檔案門類「{value}」過長，原文已保留。',
    '"{value}" is too long for a category; the words were kept.',
  ],
  'value.tooLong': [
    '内容有 {length} 个字符，超过此项的 {limit} 个；已全文保留在原列名下。',
    '內容有 {length} 個字元，超過此項的 {limit} 個；已全文保留在原欄名之下。',
    'The value has {length} characters, more than the {limit} of its field; it was kept whole under its heading.',
  ],
  'parent.notFound': [
    '所属上级“{value}”既不在本文件的前面各行中，也不在馆藏中。请把上级所在的行放在前面，或先导入上级。',
    '所屬上層「{value}」既不在本電子檔前面各列中，也不在館藏中。請將上層所在的列置於前面，或先匯入上層。',
    'The entry above, "{value}", neither stands before this row nor is held. Put its row before this one, or import it first.',
  ],
  'parent.rejected': [
    '所属上级（第 {row} 行）未被接收。请先改正该行。',
    '所屬上層（第 {row} 列）未被接受。請先更正該列。',
    'The entry above (row {row}) was not taken in. Mend that row first.',
  ],
  'parent.itself': [
    '此行把自己列为上级“{value}”。请改正上级编号。',
    '此列把自己列為上層「{value}」。請更正上層編號。',
    'The row names itself as the entry above ("{value}"). Correct the number of the entry above.',
  ],
  'source.duplicateInFile': [
    '来源编号“{value}”在本文件第 {row} 行已经出现，下级无法确定归属。',
    '來源編號「{value}」在本電子檔第 {row} 列已出現，下層無法確定歸屬。',
    'The source number "{value}" stands in row {row} already: what lies below could belong to either.',
  ],
  'entry.alike': [
    '题名、日期和责任者与馆内条目“{value}”相近，可能重复。',
    '題名、日期與產生者與館內著錄「{value}」相近，可能重複。',
    'Title, date and creator are like those of an entry held: "{value}". It may be the same.',
  ],
  'entry.skipped': [
    '馆内已有此条目（{value}），按所选规则跳过，原条目未改动。',
    '館內已有此著錄（{value}），依所選規則略過，原著錄未變更。',
    'The entry is held already ({value}); by the rule chosen the row was passed over and nothing changed.',
  ],
  'fonds.closed': [
    '全宗“{value}”已并入全宗“{into}”，不再接收条目。请改用现全宗的编号后再导入。',
    '全宗「{value}」已併入全宗「{into}」，不再接受著錄。請改用現全宗的編號後再匯入。',
    'The fonds "{value}" is closed: its records are part of the fonds "{into}" now. Put the number of that fonds in the row and import it again.',
  ],
  'fonds.held': [
    '馆内已有全宗“{value}”，其说明未改动。',
    '館內已有全宗「{value}」，其說明未變更。',
    'The fonds "{value}" is held already; what describes it was left as it is.',
  ],
  'fonds.tooLong': [
    '全宗号过长（最多 50 个字符）。',
    '全宗號過長（最多 50 個字元）。',
    'The fonds number is too long (at most 50 characters).',
  ],
  'cell.undecodable': [
    '此处有无法按文件编码解读的字符。请以 UTF-8 另存后再导入。',
    '此處有無法依電子檔編碼解讀的字元。請另存為 UTF-8 後再匯入。',
    'There are bytes here that are no text in the encoding of the file. Save it as UTF-8 and import it again.',
  ],
  'cell.uncalculated': [
    '公式没有保存结果。请在电子表格程序中打开并另存。',
    '公式沒有儲存結果。請在試算表程式中開啟並另存新檔。',
    'The result of a formula was never stored. Open the file in a spreadsheet program and save it.',
  ],
  'cell.control': [
    '含有不能保存的控制字符。请删除后再导入。',
    '含有無法儲存的控制字元。請刪除後再匯入。',
    'There are control characters here that can not be kept. Remove them and import the row again.',
  ],
  'element.value': ['{says}', '{says}', '{says}'],
  'element.kept': [
    '{says}原文已保留在原列名下。',
    '{says}原文已保留在原欄名之下。',
    '{says} The words were kept under their heading.',
  ],
  'element.unused': [
    '这一门类和层级没有此项；原文已保留在原列名下。',
    '這一門類和層級沒有此項目；原文已保留在原欄名之下。',
    'Entries of this category and level do not have this element; the words were kept under their heading.',
  ],
  'element.missing': [
    '缺少必著项：{value}。本馆著录方案不收不完整的著录。',
    '缺少必著項目：{value}。本館著錄方案不收不完整的著錄。',
    'Required elements are missing: {value}. By this archive’s scheme incomplete entries are not taken in.',
  ],
  'sheet.leftOut': [
    '此表不像目录，未导入。需要时请在列设置中选用。',
    '此工作表不像目錄，未匯入。需要時請在欄位設定中選用。',
    'This sheet does not look like a catalogue and was left out. Choose it in the mapping if it is one.',
  ],
  'sheet.hidden': [
    '此表是隐藏的，未导入。需要时请在列设置中选用。',
    '此工作表為隱藏狀態，未匯入。需要時請在欄位設定中選用。',
    'This sheet is hidden and was left out. Choose it in the mapping if it is wanted.',
  ],
};

const INDEX: Record<Language, 0 | 1 | 2> = { 'zh-CN': 0, 'zh-TW': 1, en: 2 };

export type SaidCode = keyof typeof WORDS;

/** The sentence of a finding. */
export function sentence(
  language: Language,
  f: Pick<RowFinding, 'value' | 'params'> & { code: SaidCode },
): string {
  const params = { value: f.value, ...f.params };
  const rule = f.params?.rule;
  // A rule of the schemes speaks in its own words.
  const says = typeof rule === 'string' && isMessageKey(rule) ? t(language, rule, params) : '';
  return fill(WORDS[f.code][INDEX[language]], { ...params, says });
}

/** Headings of the columns added to the workbook of rejects. */
export function rejectHeadings(language: Language): { row: string; reason: string } {
  return [
    { row: '原行号', reason: '原因' },
    { row: '原列號', reason: '原因' },
    { row: 'Row', reason: 'Reason' },
  ][INDEX[language]]!;
}
