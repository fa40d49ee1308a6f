/** Every fixed word on a certified copy, in the three languages. Reviewed as one text: these are words of law. */

export type Language = 'zh-CN' | 'zh-TW' | 'en';

export interface Wording {
  heading: string;
  documentTitle: string;
  number: string;
  applicant: string;
  purpose: string;
  matter: string;
  recordTitle: string;
  responsible: string;
  referenceCode: string;
  fonds: string;
  recordDate: string;
  pageCount: (pages: number) => string;
  pageCountLabel: string;
  certifiedPart: string;
  source: string;
  /** 出处 [S:DICT]: the archive, the fonds, the code, the pages. */
  sourceLine: (archive: string, fonds: string, code: string, pages: string) => string;
  pagesWord: (labels: string) => string;
  extractHeading: string;
  passageLabel: (label: string) => string;
  endOfExtract: string;
  attestExtract: string;
  attestImages: (count: number) => string;
  attestBoth: (count: number) => string;
  officer: string;
  approver: string;
  issuedOn: string;
  validUntil: string;
  sealCaption: string;
  useStamp: string;
  scan: string;
  digest: string;
  howToVerify: string;
  scope: string;
  pageOf: (page: number, pages: number) => string;
  copyOf: (label: string, index: number, count: number) => string;
  noTextHere: string;
  undrawable: string;
  day: (year: number, month: number, day: number) => string;
}

const ENGLISH_MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

const WORDING: Record<Language, Wording> = {
  'zh-CN': {
    heading: '档案证明',
    documentTitle: '档案证明',
    number: '编号',
    applicant: '申请人',
    purpose: '利用目的',
    matter: '证明事项',
    recordTitle: '题名',
    responsible: '责任者',
    referenceCode: '档号',
    fonds: '全宗',
    recordDate: '形成日期',
    pageCount: (pages) => `共 ${pages} 页`,
    pageCountLabel: '原件页数',
    certifiedPart: '出证范围',
    source: '出处',
    sourceLine: (archive, fonds, code, pages) => `${archive}馆藏，${fonds}，档号 ${code}，${pages}`,
    pagesWord: (labels) => `第 ${labels} 页`,
    extractHeading: '档案原文摘录',
    passageLabel: (label) => `〔第 ${label} 页〕`,
    endOfExtract: '〔摘录完〕',
    attestExtract: '以上摘录自本馆所藏档案，经核对与原文一致。',
    attestImages: (count) => `附件共 ${count} 页，复制自本馆所藏档案，经核对与原件一致。`,
    attestBoth: (count) => `以上摘录及所附复制件 ${count} 页，出自本馆所藏档案，经核对与原件一致。`,
    officer: '经办人',
    approver: '审核人',
    issuedOn: '出证日期',
    validUntil: '有效期至',
    sealCaption: '档案证明专用章',
    useStamp: '档案利用章',
    scan: '扫码验证',
    digest: '内容摘要（SHA-256）',
    howToVerify:
      '验证方法：扫描二维码，或在验证网页输入编号，与本件核对；也可用通用 PDF 阅读器查看数字签名，或在离线状态下用本馆公布的证书验证本电子文件。电子文件改动一字即验证不通过。纸质打印件以网页验证结果为准。',
    scope: '本证明仅如实反映馆藏档案记载的内容，不作其他推断。',
    pageOf: (page, pages) => `第 ${page} 页　共 ${pages} 页`,
    copyOf: (label, index, count) => `复制件 ${index}/${count}　原件第 ${label} 页`,
    noTextHere: '（此页无正文）',
    undrawable: '文中〔U+……〕代表字库未收的字，括号内为其统一码；准确文字以所附签名声明为准。',
    day: (year, month, day) => `${year}年${month}月${day}日`,
  },
  'zh-TW': {
    heading: '檔案證明',
    documentTitle: '檔案證明',
    number: '編號',
    applicant: '申請人',
    purpose: '應用目的',
    matter: '證明事項',
    recordTitle: '題名',
    responsible: '產生者',
    referenceCode: '檔號',
    fonds: '全宗',
    recordDate: '產生日期',
    pageCount: (pages) => `共 ${pages} 頁`,
    pageCountLabel: '原件頁數',
    certifiedPart: '證明範圍',
    source: '出處',
    sourceLine: (archive, fonds, code, pages) => `${archive}館藏，${fonds}，檔號 ${code}，${pages}`,
    pagesWord: (labels) => `第 ${labels} 頁`,
    extractHeading: '檔案原文摘錄',
    passageLabel: (label) => `〔第 ${label} 頁〕`,
    endOfExtract: '〔摘錄完〕',
    attestExtract: '以上摘錄自本館所藏檔案，經核對與原文一致。',
    attestImages: (count) => `附件共 ${count} 頁，複製自本館所藏檔案，經核對與原件一致。`,
    attestBoth: (count) => `以上摘錄及所附複製件 ${count} 頁，出自本館所藏檔案，經核對與原件一致。`,
    officer: '承辦人',
    approver: '審核人員',
    issuedOn: '核發日期',
    validUntil: '有效期至',
    sealCaption: '檔案證明專用章',
    useStamp: '檔案應用章',
    scan: '掃描驗證',
    digest: '內容雜湊值（SHA-256）',
    howToVerify:
      '驗證方法：掃描二維條碼，或在驗證網頁輸入編號，與本件核對；亦可用一般 PDF 閱讀器檢視數位簽章，或離線以本館公布的憑證驗證本電子檔。電子檔改動一字即驗證不通過。紙本列印件以網頁驗證結果為準。',
    scope: '本證明僅如實反映館藏檔案記載的內容，不作其他推斷。',
    pageOf: (page, pages) => `第 ${page} 頁　共 ${pages} 頁`,
    copyOf: (label, index, count) => `複製件 ${index}/${count}　原件第 ${label} 頁`,
    noTextHere: '（此頁無正文）',
    undrawable: '文中〔U+……〕代表字型未收的字，括號內為其 Unicode 碼；正確文字以所附簽章聲明為準。',
    day: (year, month, day) => `${year}年${month}月${day}日`,
  },
  en: {
    heading: 'Certified Copy',
    documentTitle: 'Certified copy',
    number: 'No.',
    applicant: 'Applicant',
    purpose: 'Purpose',
    matter: 'Certified matter',
    recordTitle: 'Title',
    responsible: 'Creator',
    referenceCode: 'Reference code',
    fonds: 'Fonds',
    recordDate: 'Date of record',
    pageCount: (pages) => (pages === 1 ? '1 page' : `${pages} pages`),
    pageCountLabel: 'Extent',
    certifiedPart: 'Part certified',
    source: 'Source',
    sourceLine: (archive, fonds, code, pages) => `${archive}, ${fonds}, ${code}, ${pages}`,
    pagesWord: (labels) => (/[,–]/.test(labels) ? `pages ${labels}` : `page ${labels}`),
    extractHeading: 'Extract, word for word',
    passageLabel: (label) => `[page ${label}]`,
    endOfExtract: '[end of extract]',
    attestExtract:
      'The extract above is taken from records held by this archive, was compared with them, and agrees with them.',
    attestImages: (count) =>
      count === 1
        ? 'The attached page is copied from records held by this archive, was compared with them, and agrees with them.'
        : `The ${count} attached pages are copied from records held by this archive, were compared with them, and agree with them.`,
    attestBoth: (count) =>
      `The extract above and the ${count} attached ${count === 1 ? 'page' : 'pages'} are taken from records held by this archive, were compared with them, and agree with them.`,
    officer: 'Prepared by',
    approver: 'Approved by',
    issuedOn: 'Date of issue',
    validUntil: 'Valid until',
    sealCaption: 'CERTIFIED COPY',
    useStamp: 'COPY FROM THE ARCHIVES',
    scan: 'Scan to verify',
    digest: 'Digest of the content (SHA-256)',
    howToVerify:
      'To verify: scan the code, or enter the number on the verification page, and compare. Any common PDF reader shows the digital signature; the electronic file can also be verified off-line with the certificate the archive publishes. Changing a single character of the file makes verification fail. For a print on paper, what the verification page says counts.',
    scope: 'This copy states what the records held say, and nothing beyond.',
    pageOf: (page, pages) => `Page ${page} of ${pages}`,
    copyOf: (label, index, count) => `Copy ${index} of ${count}: page ${label} of the record`,
    noTextHere: '(no further text on this page)',
    undrawable:
      'In the text [U+…] stands for a character the type face lacks, given by its Unicode number; the attached signed statement holds the exact text.',
    day: (year, month, day) => `${day} ${ENGLISH_MONTHS[month - 1]} ${year}`,
  },
};

export function wordingOf(language: Language): Wording {
  return WORDING[language];
}

/** A day in the archive's time zone, as the language writes it. */
export function dayIn(wording: Wording, at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const part = (type: string): number =>
    Number(parts.formatToParts(at).find((p) => p.type === type)?.value ?? Number.NaN);
  return wording.day(part('year'), part('month'), part('day'));
}
