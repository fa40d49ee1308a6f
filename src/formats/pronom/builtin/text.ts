import { TextDecoder } from 'node:util';

/** Text, as far as its bytes show. */
export interface TextFound {
  /** As people write it: `UTF-8`, `UTF-16LE`, `GB18030`, `Big5`, `ASCII`. */
  readonly encoding: string;
  /** The beginning, decoded. */
  readonly text: string;
}

/** Characters that text does not hold; form feed and escape are met in old prints. */
const CONTROL = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/;
const MARKS: readonly [mark: readonly number[], encoding: string, label: string][] = [
  [[0xef, 0xbb, 0xbf], 'UTF-8', 'utf-8'],
  [[0xff, 0xfe], 'UTF-16LE', 'utf-16le'],
  [[0xfe, 0xff], 'UTF-16BE', 'utf-16be'],
];

/** Decodes the beginning strictly; a character that the window cuts in two is no fault. */
function strictly(bytes: Buffer, label: string, cut: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}

/**
 * Whether bytes are text, and in which encoding. One that is named has to fit without exception; of the Chinese ones,
 * which both fit many bytes, the one whose reading has more of the common characters.
 *
 * @param head the beginning of the file
 * @param cut whether the file goes on behind it
 */
export function textOf(head: Buffer, cut: boolean): TextFound | undefined {
  if (head.length === 0) return undefined;
  for (const [mark, encoding, label] of MARKS) {
    if (!mark.every((byte, i) => head[i] === byte)) continue;
    const even = label === 'utf-8' ? head : head.subarray(0, head.length & ~1);
    const text = strictly(even, label, cut);
    return text !== undefined && !CONTROL.test(text) ? { encoding, text } : undefined;
  }
  if (head.includes(0)) return bare16(head, cut);
  if (CONTROL.test(head.toString('latin1', 0, Math.min(head.length, 4096)))) return undefined;
  if (CONTROL.test(head.toString('latin1'))) return undefined;
  const utf8 = strictly(head, 'utf-8', cut);
  if (utf8 !== undefined) {
    const ascii = head.every((byte) => byte < 0x80);
    return { encoding: ascii ? 'ASCII' : 'UTF-8', text: utf8 };
  }
  return chinese(head, cut);
}

/** UTF-16 without a mark: nearly all text has the zeros of spaces and line ends on one side. */
function bare16(head: Buffer, cut: boolean): TextFound | undefined {
  if (head.length < 8) return undefined;
  let even = 0;
  let odd = 0;
  const most = Math.min(head.length & ~1, 4096);
  for (let i = 0; i < most; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const [encoding, label] = odd > even ? ['UTF-16LE', 'utf-16le'] : ['UTF-16BE', 'utf-16be'];
  const [zeros, others] = odd > even ? [odd, even] : [even, odd];
  if (zeros < most / 20 || others > zeros / 20) return undefined;
  const text = strictly(head.subarray(0, head.length & ~1), label!, cut);
  return text !== undefined && !CONTROL.test(text) && usual(text) > 0.9
    ? { encoding: encoding!, text }
    : undefined;
}

/** The share of letters, digits, signs and characters of everyday use. */
function usual(text: string): number {
  let good = 0;
  let all = 0;
  for (const c of text.slice(0, 4096)) {
    all++;
    if (/[\t\n\r\x20-\x7e\u00a0-\u024f\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]/.test(c)) good++;
  }
  return all === 0 ? 0 : good / all;
}

const COMMON = new Set(
  '的一是不了在有人我他这中大来上国和地到说时要就出会也你对生能而子得年那着下可自之过发后作里用道行所然家种事成方多经去法学如都同现当没动面起看定天分还进好小部其些主样理心于本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争運來個們這國說時會對發後裡過學樣關點業兩間開無長與為機應戰頭體經從見電數報場區題變總給員論處義認條係統實書卷號檔案檔號頁題名責任者保管期限全宗目錄號件號備註永久定期归档案卷题责备注页录',
);

function chinese(head: Buffer, cut: boolean): TextFound | undefined {
  let best: { found: TextFound; score: number } | undefined;
  for (const [encoding, label] of [
    ['GB18030', 'gb18030'],
    ['Big5', 'big5'],
  ] as const) {
    const text = strictly(head, label, cut);
    if (text === undefined || CONTROL.test(text)) continue;
    let foreign = 0;
    let common = 0;
    for (const c of text.slice(0, 20_000)) {
      if (c.charCodeAt(0) < 0x80) continue;
      foreign++;
      if (COMMON.has(c) || /[\u3000-\u3003\uff01-\uff1f「-』《》]/.test(c)) common++;
    }
    // A few characters prove little: then all of them have to be common ones.
    const score = foreign === 0 || (foreign < 6 && common < foreign) ? 0 : common / foreign;
    if (!best || score > best.score) best = { found: { encoding, text }, score };
  }
  // Nearly any bytes can be read as GB18030; text has the characters people use.
  return best && best.score >= 0.2 ? best.found : undefined;
}
