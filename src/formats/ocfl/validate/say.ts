import type { Finding } from '#kernel/errors';

/** Collects findings under one path; codes are those of the OCFL specification. */
export interface Say {
  error(code: string, path: string, message: string): void;
  warning(code: string, path: string, message: string): void;
  info(code: string, path: string, message: string): void;
}

/** A collector that keeps at most `limit` findings of one code, and says how many more there were. */
export function collector(limit = 1000): Say & { findings(): Finding[] } {
  const kept: Finding[] = [];
  const counts = new Map<string, number>();
  const add = (severity: Finding['severity'], code: string, path: string, message: string) => {
    const n = (counts.get(code) ?? 0) + 1;
    counts.set(code, n);
    if (n <= limit) kept.push({ code, severity, path, message });
  };
  return {
    error: (code, path, message) => add('error', code, path, message),
    warning: (code, path, message) => add('warning', code, path, message),
    info: (code, path, message) => add('info', code, path, message),
    findings() {
      const more = [...counts].filter(([, n]) => n > limit);
      return [
        ...kept,
        ...more.map(([code, n]): Finding => {
          const severity = kept.find((f) => f.code === code)?.severity ?? 'info';
          return { code, severity, path: '', message: `There are ${n - limit} more findings ${code}.` };
        }),
      ];
    },
  };
}
