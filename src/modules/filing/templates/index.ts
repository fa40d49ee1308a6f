import { civilAffairs, government, hospital, school } from './business.ts';
import { administration, finance, party, personnel, pictures } from './common.ts';
import { numbered, type ScheduleTemplate } from './template.ts';

export type { ScheduleTemplate, TemplateLine } from './template.ts';

const common = [...party, ...administration, ...personnel];
const rest = [...finance, ...pictures];

/** Templates by kind of agency. Data: an agency begins with one and makes it its own. */
export const TEMPLATES: readonly ScheduleTemplate[] = [
  { code: 'government', edition: '2026', lines: numbered([...common, ...government, ...rest]) },
  { code: 'civil-affairs', edition: '2026', lines: numbered([...common, ...civilAffairs, ...rest]) },
  { code: 'school', edition: '2026', lines: numbered([...common, ...school, ...rest]) },
  { code: 'hospital', edition: '2026', lines: numbered([...common, ...hospital, ...rest]) },
];

export function templateByCode(code: string): ScheduleTemplate | undefined {
  return TEMPLATES.find((t) => t.code === code);
}
