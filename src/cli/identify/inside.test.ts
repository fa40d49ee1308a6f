import { describe, expect, it } from 'vitest';
import { insideLines } from './inside.ts';

describe('the inside of a file in lines', () => {
  it('names what an archivist asks for first', () => {
    const lines = insideLines({
      kind: 'media',
      media: {
        container: 'WAV',
        seconds: 2,
        tracks: [{ kind: 'sound', codec: 'PCM', sampleRate: 48_000, bits: 24 }],
      },
      notPerformed: ['x'],
    });
    expect(lines).toEqual(['length: 2 s', 'sound: PCM, 48000 Hz, 24 bits', 'not performed: x']);
  });

  it('lets no control characters of a file reach a terminal', () => {
    const lines = insideLines({ kind: 'mail', attachments: [{ name: 'a\u001b[2Jb' }], notPerformed: [] });
    expect(lines).toEqual(['attached: a\uFFFD[2Jb']);
  });
});
