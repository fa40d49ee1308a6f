import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookInsideMedia } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function look(data: Buffer) {
  const path = join(folder, 'file');
  await writeFile(path, data);
  return lookInsideMedia(path);
}

const le16 = (n: number) => Buffer.from([n & 255, n >> 8]);
const le32 = (n: number) => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n);
  return b;
};
const be16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const be32 = (n: number) => Buffer.from(le32(n)).reverse();
const text = (s: string) => Buffer.from(s, 'latin1');
const join2 = (...parts: Buffer[]) => Buffer.concat(parts);
const chunk = (id: string, body: Buffer) =>
  join2(text(id), le32(body.length), body, Buffer.alloc(body.length % 2));
const riff = (form: string, ...parts: Buffer[]) => {
  const body = join2(text(form), ...parts);
  return join2(text('RIFF'), le32(body.length), body);
};
const box = (id: string, ...parts: Buffer[]) => {
  const body = join2(...parts);
  return join2(be32(body.length + 8), text(id), body);
};

const format = join2(le16(1), le16(2), le32(48_000), le32(192_000), le16(4), le16(16));
const wave = riff('WAVE', chunk('fmt ', format), chunk('data', Buffer.alloc(96_000)));

const aiff = (() => {
  const common = join2(
    be16(1),
    be32(88_200),
    be16(24),
    Buffer.from([0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0]),
  );
  const body = join2(text('AIFF'), text('COMM'), be32(18), common);
  return join2(text('FORM'), be32(body.length), body);
})();

const flac = (() => {
  const info = Buffer.alloc(34);
  // 96 kHz, stereo, 24 bits, 480000 samples
  info.writeUIntBE((96_000 << 4) | (1 << 1) | 1, 10, 3);
  info[13] = 0x70;
  info.writeUInt32BE(480_000, 14);
  const comment = join2(le32(2), text('me'), le32(1), le32(7), text('TITLE=x'));
  return join2(
    text('fLaC'),
    Buffer.from([0, 0, 0, 34]),
    info,
    Buffer.from([0x84, 0, 0, comment.length]),
    comment,
  );
})();

const mp3 = (() => {
  // MPEG-1 layer 3, 128 kbit/s, 44.1 kHz, joint stereo: 417 bytes a frame
  const frame = Buffer.alloc(417);
  Buffer.from([0xff, 0xfb, 0x90, 0x40]).copy(frame);
  return join2(
    text('ID3'),
    Buffer.from([3, 0, 0, 0, 0, 0, 5]),
    Buffer.alloc(5),
    ...Array.from({ length: 100 }, () => frame),
  );
})();

const mp4 = (() => {
  const mvhd = box('mvhd', be32(0), be32(0), be32(0), be32(1000), be32(12_500), Buffer.alloc(80));
  const mdhd = box('mdhd', be32(0), be32(0), be32(0), be32(25_000), be32(0), be32(0));
  const hdlr = (kind: string) => box('hdlr', be32(0), be32(0), text(kind), Buffer.alloc(12));
  const video = join2(be32(86), text('avc1'), Buffer.alloc(24), be16(1920), be16(1080), Buffer.alloc(50));
  const sound = join2(
    be32(36),
    text('mp4a'),
    Buffer.alloc(16),
    be16(2),
    be16(16),
    Buffer.alloc(4),
    be16(48_000),
    be16(0),
    Buffer.alloc(30),
  );
  const track = (kind: string, entry: Buffer) =>
    box(
      'trak',
      box(
        'mdia',
        mdhd,
        hdlr(kind),
        box(
          'minf',
          box(
            'stbl',
            box('stsd', be32(0), be32(1), entry),
            box('stts', be32(0), be32(1), be32(300), be32(1000)),
          ),
        ),
      ),
    );
  return join2(
    box('ftyp', text('isom'), be32(0)),
    box('moov', mvhd, track('vide', video), track('soun', sound)),
  );
})();

const avi = (() => {
  const avih = chunk('avih', join2(le32(40_000), Buffer.alloc(12), le32(250), Buffer.alloc(36)));
  const strh = chunk(
    'strh',
    join2(text('vids'), text('MJPG'), Buffer.alloc(12), le32(1), le32(25), Buffer.alloc(28)),
  );
  const strf = chunk('strf', join2(le32(40), le32(720), le32(576), le32(0), text('MJPG'), Buffer.alloc(20)));
  const list = (kind: string, ...parts: Buffer[]) => chunk('LIST', join2(text(kind), ...parts));
  return riff('AVI ', list('hdrl', avih, list('strl', strh, strf)), list('movi'));
})();

const element = (id: number[], ...parts: Buffer[]) => {
  const body = join2(...parts);
  return join2(Buffer.from(id), Buffer.from([0x40 | (body.length >> 8), body.length & 255]), body);
};
const mkv = (() => {
  const seconds = Buffer.alloc(8);
  seconds.writeDoubleBE(5000);
  const video = element([0xe0], element([0xb0], be16(640)), element([0xba], be16(480)));
  const track = element([0xae], element([0x86], text('V_VP9')), element([0x83], Buffer.from([1])), video);
  return join2(
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], text('webm'))),
    element(
      [0x18, 0x53, 0x80, 0x67],
      element([0x15, 0x49, 0xa9, 0x66], element([0x44, 0x89], seconds)),
      element([0x16, 0x54, 0xae, 0x6b], track),
    ),
  );
})();

const mpeg = join2(
  Buffer.from([0, 0, 1, 0xba]),
  Buffer.alloc(10),
  Buffer.from([0, 0, 1, 0xb3, 0x16, 0x01, 0x20, 0x13, 0, 0, 1, 0xb5, 0]),
);

describe('sound and film', () => {
  it.each([
    [
      'WAV',
      wave,
      { seconds: 0.5, tracks: [{ kind: 'sound', codec: 'PCM', channels: 2, sampleRate: 48_000, bits: 16 }] },
    ],
    [
      'AIFF',
      aiff,
      { seconds: 2, tracks: [{ kind: 'sound', codec: 'PCM', channels: 1, bits: 24, sampleRate: 44_100 }] },
    ],
    [
      'FLAC',
      flac,
      { seconds: 5, tracks: [{ kind: 'sound', codec: 'FLAC', sampleRate: 96_000, channels: 2, bits: 24 }] },
    ],
    [
      'MPEG audio',
      mp3,
      { seconds: 2.606, tracks: [{ codec: 'MPEG-1 layer 3', sampleRate: 44_100, channels: 2 }] },
    ],
    [
      'MP4',
      mp4,
      {
        seconds: 12.5,
        tracks: [
          { codec: 'H.264', width: 1920, height: 1080, framesPerSecond: 25 },
          { codec: 'AAC', sampleRate: 48_000 },
        ],
      },
    ],
    [
      'AVI',
      avi,
      {
        seconds: 10,
        tracks: [{ kind: 'picture', codec: 'MJPG', width: 720, height: 576, framesPerSecond: 25 }],
      },
    ],
    ['WebM', mkv, { seconds: 5, tracks: [{ kind: 'picture', codec: 'V_VP9', width: 640, height: 480 }] }],
    [
      'MPEG program stream',
      mpeg,
      { tracks: [{ kind: 'picture', codec: 'MPEG-2', width: 352, height: 288, framesPerSecond: 25 }] },
    ],
  ])('reads the heads of %s', async (container, data, wanted) => {
    expect((await look(data)).media).toMatchObject({ container, ...wanted });
  });

  it('takes who made a broadcast wave from its own chunk', async () => {
    const bext = Buffer.alloc(602);
    bext.write('Speech of the mayor', 0);
    bext.write('City archive', 256);
    bext.write('2026-03-0110:00:00', 320);
    const inside = await look(
      riff('WAVE', chunk('bext', bext), chunk('fmt ', format), chunk('data', Buffer.alloc(4))),
    );
    expect(inside.media?.container).toBe('BWF');
    expect(inside.claims).toEqual({
      description: 'Speech of the mayor',
      originator: 'City archive',
      made: '2026-03-01 10:00:00',
    });
  });

  it('never throws on heads that are cut or changed', async () => {
    const files = [wave, aiff, flac, mp3, mp4, avi, mkv, mpeg];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(files.length - 1),
        fc.nat(),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        async (which, cut, changes) => {
          const data = Buffer.from(files[which]!.subarray(0, 12 + (cut % files[which]!.length)));
          for (const [at, value] of changes) if (at >= 12 && at < data.length) data[at] = value;
          await look(data);
        },
      ),
      { numRuns: 150 },
    );
  });
});
