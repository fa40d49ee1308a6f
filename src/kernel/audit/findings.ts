import type { Finding, Severity } from '../errors.ts';

export function finding(code: string, path: string, message: string, severity: Severity = 'error'): Finding {
  return { code, severity, path, message };
}
