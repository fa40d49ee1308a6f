import { attributes, textElement as el, escapeUnholdable, xmlHolds } from '#formats/xml';
import type { AltoLine, AltoPage } from './types.ts';

/** A confidence of 0 to 100 as ALTO wants it, 0 to 1, without the noise of binary fractions. */
const share = (confidence: number) => Number((confidence / 100).toFixed(8));

/** What a reader takes for the text of a page that has lines and no text of its own. */
const linesText = ({ lines }: Pick<AltoPage, 'lines'>) => lines.map((l) => l.text).join('\n');

/** One page as an ALTO 4.4 document. */
export function altoXml(page: AltoPage): string {
  const escaped = !(
    xmlHolds(page.text) &&
    page.lines.every((l) => xmlHolds(l.text)) &&
    xmlHolds(page.engine)
  );
  const say = escaped ? escapeUnholdable : (text: string) => text;
  const settings = [
    `state: ${page.state}`,
    `origin: ${page.origin}`,
    `turned: ${page.rotation}`,
    `nameless: ${page.nameless}`,
    ...(page.notDrawn === null ? [] : [`not-drawn: ${JSON.stringify(page.notDrawn)}`]),
    ...(escaped ? ['escaped: yes'] : []),
    ...(page.text === '' && linesText(page) !== '' ? ['text: none'] : []),
  ].join('\n');
  const width = page.width ?? undefined;
  const height = page.height ?? undefined;
  return `<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">
<Description>
<MeasurementUnit>pixel</MeasurementUnit>
<sourceImageInformation>${el('fileName', page.source)}</sourceImageInformation>
<Processing ID="reading">
<processingCategory>contentGeneration</processingCategory>
${el('processingDateTime', page.readAt.toISOString())}
${el('processingStepDescription', page.origin === 'ocr' ? 'text read by machine' : 'text taken out of the file')}
${el('processingStepSettings', settings)}
<processingSoftware>${el('softwareName', say(page.engine))}</processingSoftware>
</Processing>
</Description>
<Layout>
<Page${attributes({
    ID: 'page',
    PHYSICAL_IMG_NR: page.filePage,
    WIDTH: width,
    HEIGHT: height,
    PC: page.confidence === null ? undefined : share(page.confidence),
    PROCESSINGREFS: 'reading',
  })}>
<PrintSpace${attributes(width === undefined || height === undefined ? {} : { HPOS: 0, VPOS: 0, WIDTH: width, HEIGHT: height })}>
${blocks(page, say)}</PrintSpace>
</Page>
</Layout>
</alto>
`;
}

function blocks({ lines, text }: AltoPage, say: (text: string) => string): string {
  const located = lines.map((line, i) => locatedLine(line, i + 1, say)).join('');
  const inLines = lines.length > 0 && linesText({ lines }) === text;
  const plain = text === '' || inLines ? '' : plainLines(text, say);
  return [
    located === '' ? '' : `<TextBlock ID="lines">\n${located}</TextBlock>\n`,
    plain === '' ? '' : `<TextBlock ID="text">\n${plain}</TextBlock>\n`,
  ].join('');
}

function locatedLine(
  { text, confidence, box }: AltoLine,
  number: number,
  say: (text: string) => string,
): string {
  const place = attributes({ HPOS: box[0], VPOS: box[1], WIDTH: box[2], HEIGHT: box[3] });
  const string = attributes({ CONTENT: say(text), WC: share(confidence) });
  return `<TextLine ID="line${number}"${place}><String${string}${place}/></TextLine>\n`;
}

const plainLines = (text: string, say: (text: string) => string) =>
  text
    .split('\n')
    .map((line) => `<TextLine><String${attributes({ CONTENT: say(line) })}/></TextLine>\n`)
    .join('');
