import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import type { CodeElement } from '../../api/shapes.ts';
import { Code } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { levelsOf } from './code-shape.ts';

interface Form {
  name: string;
  fondsId: string | null;
  category: string | null;
  elements: CodeElement[];
}

/** The next numbers a template would give, at each level it numbers. Nothing is taken. */
export function CodePreview(props: {
  archiveId: string;
  form: Form;
  values: Readonly<Record<string, string>>;
}): ReactNode {
  const { t, word } = useWording();
  const { archiveId, values } = props;
  // The name decides no number.
  const form = { ...props.form, name: '-' };
  const levels = levelsOf(form.elements);
  const told = useQueries({
    queries: (levels.length > 0 ? levels : (['item'] as const)).map((level) => ({
      queryKey: ['next-codes', archiveId, form, level, values],
      queryFn: () =>
        body(
          api.POST('/archives/{archiveId}/code-templates/preview', {
            params: { path: { archiveId } },
            body: { ...form, level, values: { ...values } },
          }),
        ),
      placeholderData: keepPreviousData,
      retry: false,
    })),
  });
  return (
    <section className="next-line" style={{ display: 'block' }} aria-live="polite">
      <h2 className="fields-title">{t('codeTemplates.preview')}</h2>
      {told.map((one, n) => {
        const level = levels[n] ?? 'item';
        if (one.error) return <Trouble key={level} error={one.error} />;
        if (!one.data) return null;
        const { codes, lacking, why, readsBack } = one.data;
        return (
          <div key={level}>
            {t('codeTemplates.previewAt', { level: t(`level.${level}`) })}
            {codes.map((code) => (
              <Fragment key={code}>
                <Code value={code} />{' '}
              </Fragment>
            ))}
            {lacking &&
              t(why === 'bad' ? 'codeTemplates.bad' : 'codeTemplates.lacking', {
                element: word('codeElement', lacking),
              })}
            {!readsBack && <p className="notice is-waiting small">{t('codeTemplates.alike')}</p>}
          </div>
        );
      })}
    </section>
  );
}
