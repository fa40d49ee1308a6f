import type { PdfStream } from '#formats/pdf-objects';
import type { Judging } from '../report.ts';

interface Box {
  type: string;
  content: Buffer;
}

function* boxes(data: Buffer): Generator<Box> {
  let at = 0;
  while (at + 8 <= data.length) {
    let length = data.readUInt32BE(at);
    let head = 8;
    if (length === 1 && at + 16 <= data.length) {
      length = Number(data.readBigUInt64BE(at + 8));
      head = 16;
    }
    const end = length === 0 ? data.length : Math.min(data.length, at + length);
    if (end < at + head) return;
    yield { type: data.toString('latin1', at + 4, at + 8), content: data.subarray(at + head, end) };
    at = end;
  }
}

const CIE_JAB = 19;

/** The heads of a JPEG 2000 image (ISO/IEC 15444-1, annex I) against ISO 19005-2, 6.2.8.3. */
export function checkJpx(judging: Judging, image: PdfStream, place: string): void {
  const { file } = judging;
  let data: Buffer;
  try {
    data = file.decode(image).data;
  } catch {
    judging.unread.add(`a JPEG 2000 image could not be read (${place})`);
    return;
  }
  const head = [...boxes(data)].find((box) => box.type === 'jp2h');
  if (!head) return;
  const inner = [...boxes(head.content)];
  const ihdr = inner.find((box) => box.type === 'ihdr')?.content;
  const fault = () => judging.fault('image.jpx', place);
  if (ihdr && ihdr.length >= 11) {
    const channels = colourChannels(inner, ihdr.readUInt16BE(8));
    if (![1, 3, 4].includes(channels)) fault();
    if (ihdr[10] !== 255 && (ihdr[10]! & 0x7f) + 1 > 38) fault();
  }
  if (inner.some((box) => box.type === 'bpcc')) fault();
  const specifications = inner
    .filter((box) => box.type === 'colr' && box.content.length >= 3)
    .map((b) => b.content);
  if (image.dict.has('ColorSpace') || specifications.length === 0) return;
  const exact = specifications.filter((one) => one[2] === 1);
  if (specifications.length > 1 && exact.length !== 1) fault();
  const used = specifications.length > 1 ? (exact[0] ?? specifications[0]!) : specifications[0]!;
  if (![1, 2, 3].includes(used[0]!)) fault();
  if (used[0] === 1 && used.length >= 7 && used.readUInt32BE(3) === CIE_JAB) fault();
}

/** Channels without those that a channel definition box calls opacity. */
function colourChannels(inner: readonly Box[], all: number): number {
  const definitions = inner.find((box) => box.type === 'cdef')?.content;
  if (!definitions || definitions.length < 2) return all;
  let opacity = 0;
  for (let i = 0; i < definitions.readUInt16BE(0) && 8 + i * 6 <= definitions.length; i++)
    if (definitions.readUInt16BE(4 + i * 6) !== 0) opacity++;
  return all - opacity;
}
