/**
 * State secrets 涉密: what bears a classification of 秘密, 机密 or 绝密 may not be on a networked install
 * (standards-cn 7.5 [S:SEC]; Law on Guarding State Secrets, art. 31).
 */
const LEVELS = '秘密|机密|機密|绝密|絕密|極機密|极机密';
const SECRET = new RegExp(`${LEVELS}|(?:^|[^a-z])(?:top\\s*secret|secret|confidential)(?:[^a-z]|$)`, 'i');
const DECLASSIFIED = /^(?:原|已解密|解密)|解密|declassified|unclassified/i;
const NO_STATE_SECRET = /工作秘密|商业秘密|商業秘密|工作機密|營業秘密/g;
/** A level by itself, with or without its sign and term: `机密★10年`, `【秘密】`, `(绝密)`. */
const MARK = new RegExp(
  `(?:${LEVELS})\\s*[★☆*]|(?:^|[\\s_\\-—·.,，、;；:：/\\\\()（）[\\]【】〔〕《》<>])(?:${LEVELS}|top\\s*secret)(?:[\\s_\\-—·.,，、;；:：/\\\\()（）[\\]【】〔〕《》<>]|级|級|件|\\d|$)`,
  'i',
);

/** Whether a classification field says that the record was a state secret once, or expressly none: 原机密, 已解密. */
export function wasSecret(classification: string): boolean {
  return DECLASSIFIED.test(classification.normalize('NFKC').trim());
}

/**
 * Whether the value of a classification field 密级 names a level of state secret. 工作秘密 is none, and 原机密 or 已解密 says that it
 * was one.
 */
export function isSecret(classification: string): boolean {
  const text = classification.normalize('NFKC').trim();
  if (wasSecret(text)) return false;
  return SECRET.test(text.replace(NO_STATE_SECRET, ''));
}

/**
 * Whether a title, a file's name or a path bears a mark of classification, as a stamp on paper does: the level stands by itself
 * or with its sign. 关于保守国家秘密的通知 speaks of secrets and bears no mark.
 */
export function bearsSecretMark(name: string): boolean {
  const text = name.normalize('NFKC').replace(NO_STATE_SECRET, '');
  if (/已解密|declassified/i.test(text)) return false;
  return MARK.test(text);
}
