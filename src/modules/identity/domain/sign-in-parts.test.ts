import { describe, expect, it } from 'vitest';
import { deviceName } from './device.ts';
import { foldRecoveryCode, newRecoveryCodes, RECOVERY_CODES } from './recovery-code.ts';

describe('recovery codes', () => {
  it('are ten, different, and read back as people type them', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    for (const code of codes) {
      const plain = code.replace('-', '');
      for (const typed of [code, plain, ` ${code.toUpperCase()} `, code.replace('-', ' ')])
        expect(foldRecoveryCode(typed)).toBe(plain);
    }
  });

  it('are nothing else', () => {
    for (const text of ['', 'x'.repeat(10_000), "' or 1=1 --", '档案档案档案档案档案', 'abcde-fghj'])
      expect(foldRecoveryCode(text)).toBeUndefined();
  });
});

describe('the name of a device', () => {
  it('is a browser and a system', () => {
    const edge =
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0';
    expect(deviceName(edge)).toBe('Edge · Windows');
    expect(deviceName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox · Linux',
    );
  });

  it('repeats nothing that was sent', () => {
    for (const text of [
      undefined,
      '',
      '<script>alert(1)</script>',
      `'; drop table x; --${'a'.repeat(10_000)}`,
    ])
      expect(deviceName(text)).toBe('?');
  });
});
