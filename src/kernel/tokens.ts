/**
 * The look in one file: paper, ink, seal. The console gives these to Ant Design, the portal writes them as CSS custom
 * properties; nobody else names a colour. Text colours reach 4.5:1 on `paper`, `sheet` and their own soft ground.
 */
export const colours = {
  /** Ground of the page. */
  paper: '#faf7f0',
  /** Ground of what lies on the page: tables, fields. */
  sheet: '#fffdf9',
  ink: '#23201b',
  inkSoft: '#5c564b',
  line: '#e4dccd',
  lineStrong: '#c4b9a4',
  /** 朱红: the primary act, seals, hits. Never for errors alone: an error carries a word. */
  vermilion: '#ab3628',
  vermilionSoft: '#f9e9e3',
  /** Done, open. */
  jade: '#2a664b',
  jadeSoft: '#e3efe7',
  /** Waiting, doubtful. */
  amber: '#835400',
  amberSoft: '#f8edd3',
  /** Closed, unknown. */
  grey: '#66625a',
  greySoft: '#eeeae1',
  /** Behind a found word. */
  mark: '#f7d3c6',
  /** The viewer's ground: the only dark part. */
  night: '#23211e',
  nightInk: '#ece7dc',
} as const;

export const fonts = {
  sans: 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
  sansHant:
    'system-ui, -apple-system, "Segoe UI", "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Source Han Sans TC", sans-serif',
  serif: '"Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif',
  serifHant: '"Songti TC", "Noto Serif CJK TC", "Source Han Serif TC", PMingLiU, serif',
  mono: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", "DejaVu Sans Mono", monospace',
} as const;

/** Sizes in px. */
export const sizes = { text: 14, line: 22, table: 13, row: 32, radius: 3 } as const;

const kebab = (s: string): string => s.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** The tokens as CSS custom properties (`--paper`, `--ink-soft`, `--sans` …), Han faces by the language of the element. */
export function tokensCss(): string {
  const vars = Object.entries(colours).map(([k, v]) => `--${kebab(k)}:${v};`);
  return [
    `:root{${vars.join('')}--sans:${fonts.sans};--serif:${fonts.serif};--mono:${fonts.mono};`,
    `--text:${sizes.text}px;--line-height:${sizes.line}px;--table-text:${sizes.table}px;--row:${sizes.row}px;--radius:${sizes.radius}px}`,
    `:root:lang(zh-TW){--sans:${fonts.sansHant};--serif:${fonts.serifHant}}`,
  ].join('');
}
