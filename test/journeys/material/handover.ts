import { handoverZip } from '../../../src/modules/transfer/testing/handover.ts';

const TITLES = ['关于发放救济粮的通知', '关于婚姻登记工作的报告', '关于殡葬改革的批复'];

export const codeOf = (fonds: string, n: number): string =>
  `${fonds}-WS·2023·D30-${String(n).padStart(4, '0')}`;

/** A handover folder in a ZIP, with three records. @param first number of the first of them */
export async function writeHandover(
  path: string,
  fonds: string,
  { spoil = false, secret = false, first = 1 } = {},
): Promise<void> {
  const items = TITLES.map((title, i) => {
    return {
      code: codeOf(fonds, i + first),
      title,
      ...(secret && i === 2 ? { classification: '机密' } : {}),
    };
  });
  await handoverZip(path, items, { spoil });
}
