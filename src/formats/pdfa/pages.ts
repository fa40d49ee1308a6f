import { isDict, isRef, type PdfDict, type PdfFile, type PdfValue } from '#formats/pdf-objects';

export interface PdfPage {
  /** From 1. */
  number: number;
  dict: PdfDict;
  /** Its own, or that of the nearest node above. */
  resources: PdfDict | undefined;
  /** The page itself has Resources. */
  ownResources: boolean;
  inherited: (key: string) => PdfValue | undefined;
}

const MAX_PAGES = 200_000;
const MAX_DEPTH = 64;

/** The pages in order, loops and missing nodes passed over. */
export function* pagesOf(file: PdfFile): Generator<PdfPage> {
  const seen = new Set<number>();
  let number = 0;
  function* below(value: PdfValue | undefined, above: readonly PdfDict[]): Generator<PdfPage> {
    if (isRef(value)) {
      if (seen.has(value.number)) return;
      seen.add(value.number);
    }
    const node = file.resolve(value);
    if (!isDict(node) || above.length > MAX_DEPTH || number >= MAX_PAGES) return;
    const line = [node, ...above];
    const kids = file.array(node.get('Kids'));
    if (kids && file.name(node.get('Type')) !== 'Page') {
      for (const kid of kids) yield* below(kid, line);
      return;
    }
    const inherited = (key: string) => line.find((one) => one.has(key))?.get(key);
    yield {
      number: ++number,
      dict: node,
      resources: file.dict(inherited('Resources')),
      ownResources: file.dict(node.get('Resources')) !== undefined,
      inherited,
    };
  }
  yield* below(file.catalogue.get('Pages'), []);
}
