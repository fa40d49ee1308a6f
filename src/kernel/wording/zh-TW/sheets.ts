import type { sheets as source } from '../zh-CN/sheets.ts';

export const sheets: Readonly<Record<keyof typeof source, string>> = {
  'refusal.placed': '{place}：{said}',
  'refusal.between': '，',
  'refusal.sheet': '工作表「{sheet}」',
  'refusal.row': '第 {row} 列',
  'refusal.column': '{column} 欄',
  'error.sheet.empty': '電子檔是空的，沒有可匯入的內容。',
  'error.sheet.notASpreadsheet':
    '這不是試算表，也不是文字表。請提供 .xlsx、.xls 或 .csv 目錄，或 EAD 檢索工具。',
  'error.sheet.unsupportedFormat':
    '無法讀取這種格式的試算表（如網頁另存的表格、.xlsb、2003 版 XML 試算表、Excel 5.0 以前的電子檔）。請在試算表程式中開啟，另存為 .xlsx 後再試。',
  'error.sheet.encrypted': '電子檔有密碼保護。請移除密碼並另存後再試。',
  'error.sheet.damaged': '電子檔已損壞或不完整。請在試算表程式中開啟，另存新檔後再試。',
  'error.sheet.noSheets': '活頁簿裡沒有工作表。',
  'error.sheet.notFound': '找不到這個電子檔。',
  'error.sheet.unreadable': '伺服器無法開啟這個電子檔。請通知系統管理員。',
  'error.sheet.unknownEncoding': '無法辨認文字編碼「{name}」。',
  'error.sheet.unclosedQuote': '從這裡開始的引號沒有結束，其後的內容無法分辨。請補上引號後再試。',
  'error.sheet.cellTooLong': '一個儲存格最多 {most} 個字元，這裡超過了。請縮短；文字表也可能是少了一個引號。',
  'error.sheet.tooManyColumns': '欄數過多，最多 {most} 欄。',
  'error.sheet.tooManyRows': '列數過多，一張表最多 {most} 列。請拆分電子檔。',
  'error.sheet.tooManyCells': '儲存格過多，最多 {most} 個。請拆分電子檔。',
  'error.sheet.tooLarge': '電子檔過大，無法讀取。請拆分；.xls 請另存為 .xlsx。',
  'error.sheet.tooManyParts': '活頁簿的組成部分過多，不像正常的試算表，不予讀取。',
  'error.sheet.suspiciousCompression': '電子檔解開後遠大於其大小，這樣的電子檔可能是蓄意破壞，不予讀取。',
  'error.sheet.forbiddenXml':
    '電子檔中有試算表程式不會寫入的內容（引用外部檔案或巢狀實體），基於安全不予讀取。',
  'error.ead.notFound': '找不到這個電子檔。',
  'error.ead.unreadable': '伺服器無法開啟這個電子檔。請通知系統管理員。',
  'error.import.notFound': '沒有這次匯入。',
  'error.import.mapping': '電子檔裡沒有所指的工作表或欄，請重新整理後再核對各欄。',
  'error.import.tooManySheets': '電子檔有 {sheets} 張工作表，一次最多匯入 {most} 張。請拆分。',
  'error.upload.wrongState': '電子檔還沒有傳完，請等上傳結束後再試。',
};
