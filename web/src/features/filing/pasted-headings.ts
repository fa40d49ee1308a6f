const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s（）()：:]/gu, '')
    .toLowerCase();

/** The field a column of a pasted spreadsheet is, by what people call it; undefined where no name fits. */
export const fieldOf = (
  heading: string,
  names: Readonly<Record<string, readonly string[]>>,
): string | undefined =>
  Object.entries(names).find(([, of]) => of.some((name) => plain(name) === plain(heading)))?.[0];
