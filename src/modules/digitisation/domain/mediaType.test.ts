import { describe, expect, it } from 'vitest';
import { sniff } from './mediaType.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('the kind of a file by its first bytes', () => {
  it('knows page images and documents', () => {
    expect(sniff(bytes('ffd8ffe000104a464946'))).toBe('image/jpeg');
    expect(sniff(bytes('89504e470d0a1a0a0000'))).toBe('image/png');
    expect(sniff(bytes('4d4d002a00000008'))).toBe('image/tiff');
    expect(sniff(bytes('0000000c6a5020200d0a870a'))).toBe('image/jp2');
    expect(sniff(Buffer.from('junk before\n%PDF-1.7\n'))).toBe('application/pdf');
  });

  it('takes UTF-8 text for text and nothing else', () => {
    expect(sniff(Buffer.from('第一条 为了加强档案管理'))).toBe('text/plain');
    expect(sniff(Buffer.from([0x4d, 0x5a, 0x90, 0x00, 0x03]))).toBeUndefined();
    expect(sniff(Buffer.from([0xb5, 0xb5, 0xb0, 0xb8]))).toBeUndefined();
    expect(sniff(Buffer.alloc(0))).toBeUndefined();
  });

  it('does not mind a character cut by the end of what was read', () => {
    const whole = Buffer.from('档'.repeat(2_000));
    expect(sniff(whole.subarray(0, 4_096))).toBe('text/plain');
  });
});
