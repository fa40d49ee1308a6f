const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
  [/Windows/i, 'Windows'],
  [/Android/i, 'Android'],
  [/iPhone|iPad|iOS/i, 'iOS'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/Kylin|UOS|Deepin/i, 'Linux (Kylin, UOS)'],
  [/Linux|X11/i, 'Linux'],
];
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/i, 'WeChat'],
  [/QQBrowser/i, 'QQ'],
  [/360SE|360EE|QIHU/i, '360'],
  [/Edg(e|A|iOS)?\//i, 'Edge'],
  [/Firefox\//i, 'Firefox'],
  [/Chrom(e|ium)\//i, 'Chrome'],
  [/Safari\//i, 'Safari'],
  [/curl|python|java|okhttp|node|undici|go-http/i, 'program'],
];

/**
 * A device in a few words, for the list of one's sessions: `Chrome · Windows`. The header is what a browser says of itself
 * and proves nothing; only words of ours come out, so what it holds can do no harm.
 */
export function deviceName(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 400);
  const name = (table: readonly [RegExp, string][]) => table.find(([pattern]) => pattern.test(text))?.[1];
  return [name(BROWSERS), name(SYSTEMS)].filter(Boolean).join(' · ') || '?';
}
