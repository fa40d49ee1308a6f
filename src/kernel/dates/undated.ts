/** Answers that a date is not known. */
export const UNDATED =
  /^(?:undate[ds]?|no dates?|dates? unknown|unknown dates?|n\.? ?d\.?|s\.? ?d\.?|unknown|\?|不[详詳明]|无日期|無日期|未知|(?:日期|年代|时间|時間)不[详詳明]|无|無)$/i;
