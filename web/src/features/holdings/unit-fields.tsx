import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { UnitLevel } from '../../api/shapes.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { BY_NUMBER, ELSEWHERE } from './areas.ts';
import { ElementFields } from './element-fields.tsx';
import { descriptionForm, useJudged } from './form-queries.ts';
import { type UnitText, wrongFields } from './unit-values.ts';

export interface UnitFieldsProps {
  archiveId: string;
  fondsId?: string | undefined;
  parentId?: string | null | undefined;
  text: UnitText;
  /** What the unit says already. */
  kept?: UnitText;
  level: UnitLevel;
  onChange: (text: UnitText) => void;
  /** Messages of the server, by field. */
  refused?: Readonly<Record<string, string>>;
  /** Whether mistakes are shown already (after the first attempt to save). */
  strict: boolean;
}

/** The fields of a unit as the archive's scheme of its category and level has them, judged while one types. */
export function UnitFieldsForm({
  archiveId,
  fondsId,
  parentId,
  text,
  kept,
  level,
  onChange,
  refused = {},
  strict,
}: UnitFieldsProps): ReactNode {
  const { t, language } = useWording();
  const form = useQuery({
    ...descriptionForm(archiveId, level, text.category),
    enabled: archiveId !== '',
  });
  const desk = useDesk({ archiveId, fondsId, parentId, level, text });
  const judged = useJudged({ archiveId, fondsId, parentId, level, values: text });
  if (form.error) return <Trouble error={form.error} retry={() => void form.refetch()} />;
  if (!form.data) return <Loading lines={8} />;
  const own = wrongFields(text, kept);
  const wrong: Record<string, string> = { ...refused };
  for (const [field, code] of Object.entries(own))
    if (code && !wrong[field] && (strict || text[field])) wrong[field] = t(`unitForm.wrong.${code}`);
  const fields = form.data.fields.filter((field) => !ELSEWHERE.has(field.key));
  const lacking = (judged?.findings ?? []).filter(
    (f) => f.weight === 'gap' && !BY_NUMBER.has(f.field) && fields.some((field) => field.key === f.field),
  );
  const nameOf = (key: string): string => fields.find((field) => field.key === key)?.names[language] ?? key;
  return (
    <>
      <ElementFields
        fields={fields}
        text={text}
        onChange={onChange}
        judged={judged}
        desk={desk}
        wrong={wrong}
        strict={strict}
      />
      {lacking.length > 0 && (
        <p className="small soft" role="status">
          {t('unitForm.lacks', {
            n: lacking.length,
            fields: listOf(
              language,
              lacking.map((f) => nameOf(f.field)),
            ),
          })}{' '}
          {t(form.data.refuses ? 'unitForm.mustBeWhole' : 'unitForm.keptIncomplete')}
        </p>
      )}
    </>
  );
}
