/**
 * Writes src/modules/search/folding/han-folding.txt: one line of pairs, each a character and the one it folds to.
 *
 * Source: the character dictionaries of OpenCC (Apache-2.0) as packed in opencc-js. Traditional characters go to
 * their first simplified form; regional and old variants follow to the same end. Japanese forms are taken only where
 * neither GB 2312 nor Big5 has the character, so that no character Chinese writers use is merged away.
 *
 * Run: node scripts/build-han-folding.ts
 */
import { writeFileSync } from 'node:fs';

const DICTS = '../node_modules/opencc-js/dist/esm-lib/dict/';

/** Old printed forms and signs the dictionaries leave out. */
const OWN: Array<[string, string]> = [
  ['○', '〇'],
  ['◯', '〇'],
  ['戸', '户'],
  ['靑', '青'],
  ['淸', '清'],
  ['敎', '教'],
  ['旣', '既'],
  ['冊', '册'],
  ['囬', '回'],
  ['囘', '回'],
  ['凢', '凡'],
  ['锺', '钟'],
  ['鍾', '钟'],
  ['氷', '冰'],
];

/**
 * Characters that are exchanged in words alone, as the phrase dictionaries have them (彷彿 and 仿佛, 計畫 and 计划, 想像 and 想象): a
 * character folds without its neighbours, so they are one everywhere.
 */
const IN_WORDS =
  '彷仿彿佛瞭了逕径迳径鍊链藉借覆复甦苏划画俱具像象馀余伕夫讎仇濬浚讬托薰熏荳豆谘咨甯宁鏚戚鎗枪拏拿燄焰澂澄觔斤籐藤瑯琅篠筱繐穗' +
  '耡锄揹背唚吣耈耇隄堤斲斫钜巨鉅巨菓果谿溪栢柏彜彝姸妍鑛矿鰲鳌蘗檗';

async function pairs(name: string): Promise<Array<[string, string]>> {
  const { default: packed } = (await import(`${DICTS}${name}.js`)) as { default: string };
  return packed.split('|').flatMap((entry) => {
    const [from, to] = entry.split(' ');
    return from && to && [...from].length === 1 && [...to].length === 1
      ? [[from, to] as [string, string]]
      : [];
  });
}

/** The characters of a two-byte set, read back through its decoder. */
function charactersOf(encoding: string, leads: [number, number], trails: [number, number]): Set<string> {
  const decoder = new TextDecoder(encoding);
  const set = new Set<string>();
  for (let lead = leads[0]; lead <= leads[1]; lead++)
    for (let trail = trails[0]; trail <= trails[1]; trail++)
      set.add(decoder.decode(Uint8Array.of(lead, trail)));
  return set;
}

const simplified = charactersOf('gbk', [0xb0, 0xf7], [0xa1, 0xfe]);
const chinese = new Set([...simplified, ...charactersOf('big5', [0xa4, 0xf9], [0x40, 0xfe])]);
const fold = new Map<string, string>();
const end = (c: string): string => {
  let at = c;
  for (let next = fold.get(at); next !== undefined; next = fold.get(at)) at = next;
  return at;
};
/** Makes two characters one; the end that simplified writing uses stays. */
const join = (from: string, to: string): void => {
  const a = end(from);
  const b = end(to);
  if (a === b) return;
  if (simplified.has(a) && !simplified.has(b)) fold.set(b, a);
  else fold.set(a, b);
};

for (const [from, to] of await pairs('TSCharacters')) join(from, to);
for (const name of ['TWVariants', 'HKVariants', 'TWVariantsRev', 'HKVariantsRev'])
  for (const [from, to] of await pairs(name)) join(from, to);
for (const [from, to] of OWN) join(from, to);
for (const [, from, to] of IN_WORDS.matchAll(/(.)(.)/gu)) join(from!, to!);
for (const [from, to] of await pairs('JPShinjitaiCharacters')) if (!chinese.has(from)) join(from, to);
for (const [from, to] of await pairs('JPShinjitaiCharactersRev')) if (!chinese.has(from)) join(from, to);
for (const [from, to] of await pairs('CJK_Compatibility_Ideographs'))
  if (from.normalize('NFKC') === from && from !== to) join(from, to);

const lines = [...fold.keys()]
  .map((from) => [from, end(from)] as const)
  .filter(([from, to]) => from !== to)
  .sort(([a], [b]) => a.codePointAt(0)! - b.codePointAt(0)!)
  .map(([from, to]) => from + to);
writeFileSync(
  new URL('../src/modules/search/folding/han-folding.txt', import.meta.url),
  `${lines.join('')}\n`,
);
process.stdout.write(`${lines.length} characters fold\n`);
