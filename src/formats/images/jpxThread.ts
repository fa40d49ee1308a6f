import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Refusal } from '#kernel/errors';
import { answerRequests } from '#kernel/threads';

/** A picture to decode; `level` halves its size that often. */
export interface JpxRequest {
  path: string;
  level: number;
}

export interface JpxPixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  readHeader(): void;
  decodeSubResolution(level: number, layer: number): void;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  };
  getNumDecompositions(): number;
  delete(): void;
}

type Codec = (options: object) => Promise<{ J2KDecoder: new () => Decoder }>;
const load = createRequire(import.meta.url)('@cornerstonejs/codec-openjpeg/decodewasmjs') as Codec;
const codec = load({ print: () => undefined, printErr: () => undefined });

answerRequests<JpxRequest>(async ({ path, level }): Promise<JpxPixels> => {
  const { J2KDecoder } = await codec;
  const bytes = await readFile(path);
  const decoder = new J2KDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.readHeader();
    decoder.decodeSubResolution(Math.min(level, decoder.getNumDecompositions()), 0);
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo();
    const decoded = decoder.getDecodedBuffer();
    if (width === 0 || decoded.length === 0)
      throw new Refusal('image.broken', 'The JPEG 2000 picture is damaged.');
    return eightBit(decoded, width, height, componentCount, bitsPerSample, isSigned);
  } finally {
    decoder.delete();
  }
});

/** Grey or RGB, eight bits a sample; further components (alpha) are left out. */
function eightBit(
  decoded: Uint8Array,
  fullWidth: number,
  fullHeight: number,
  components: number,
  bits: number,
  signed: boolean,
): JpxPixels {
  const bytes = bits > 8 ? 2 : 1;
  const pixels = decoded.length / bytes / components;
  // After a decoding at lower resolution the frame still tells the full size.
  const shrink = Math.max(0, Math.round(Math.log2(Math.sqrt((fullWidth * fullHeight) / pixels))));
  const width = Math.ceil(fullWidth / 2 ** shrink);
  const height = Math.ceil(fullHeight / 2 ** shrink);
  if (width * height !== pixels) throw new Refusal('image.broken', 'The JPEG 2000 picture is damaged.');
  const channels = components >= 3 ? 3 : 1;
  const data = new Uint8Array(pixels * channels);
  const view = new DataView(decoded.buffer, decoded.byteOffset, decoded.byteLength);
  const half = signed ? 2 ** (bits - 1) : 0;
  const factor = 255 / (2 ** bits - 1);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < channels; c++) {
      const at = i * components + c;
      const raw =
        bytes === 1
          ? signed
            ? view.getInt8(at)
            : decoded[at]!
          : signed
            ? view.getInt16(at * 2, true)
            : view.getUint16(at * 2, true);
      data[i * channels + c] = Math.round((raw + half) * factor);
    }
  }
  return { data, width, height, channels };
}
