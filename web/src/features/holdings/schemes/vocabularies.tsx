import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import type { OwnVocabulary, SchemeBody } from '../../../api/shapes.ts';
import { useWording } from '../../../wording.tsx';
import { freeKey } from './draft.ts';
import { NamesFields, NO_NAMES } from './names-fields.tsx';
import '../../../styles/table.css';

/** The vocabularies of a scheme, each with its terms in three languages. */
export function Vocabularies({
  body,
  onChange,
}: {
  body: SchemeBody;
  onChange: (body: SchemeBody) => void;
}): ReactNode {
  const { t, language } = useWording();
  const put = (key: string, change: Partial<OwnVocabulary>): void =>
    onChange({
      ...body,
      vocabularies: body.vocabularies.map((v) => (v.key === key ? { ...v, ...change } : v)),
    });
  const add = (): void => {
    const key = freeKey(
      'terms',
      body.vocabularies.map((v) => v.key),
    );
    const name = t('schemes.newVocabulary');
    const vocabulary = { key, names: { 'zh-CN': name, 'zh-TW': name, en: name }, terms: [] };
    onChange({ ...body, vocabularies: [...body.vocabularies, vocabulary] });
  };
  return (
    <div className="stack">
      {body.vocabularies.length === 0 && <p className="soft">{t('schemes.noVocabularies')}</p>}
      {body.vocabularies.map((v) => {
        const name = v.names[language] || v.key;
        const term = (at: number, change: Partial<OwnVocabulary['terms'][number]>): void =>
          put(v.key, { terms: v.terms.map((one, i) => (i === at ? { ...one, ...change } : one)) });
        return (
          <section key={v.key} aria-label={name}>
            <div className="spread">
              <h3 className="fields-title">{name}</h3>
              <button
                type="button"
                className="plain link"
                onClick={() =>
                  onChange({ ...body, vocabularies: body.vocabularies.filter((one) => one.key !== v.key) })
                }
              >
                {t('schemes.remove', { name })}
              </button>
            </div>
            <div className="fields">
              <NamesFields names={v.names} onChange={(names) => put(v.key, { names })} />
            </div>
            <table className="data wrap" aria-label={`${name}: ${t('schemes.terms')}`}>
              <thead>
                <tr>
                  <th scope="col">{t('schemes.termCode')}</th>
                  {(['zh-CN', 'zh-TW', 'en'] as const).map((one) => (
                    <th scope="col" key={one}>
                      {t(`schemes.name.${one}`)}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="visually-hidden">{t('schemes.remove', { name: '' })}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {v.terms.map((one, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: terms are edited in place, their codes too
                  <tr key={at}>
                    <td>
                      <Input
                        size="small"
                        maxLength={50}
                        aria-label={`${t('schemes.termCode')} ${at + 1}`}
                        value={one.code}
                        onChange={(event) => term(at, { code: event.target.value })}
                      />
                    </td>
                    {(['zh-CN', 'zh-TW', 'en'] as const).map((of) => (
                      <td key={of}>
                        <Input
                          size="small"
                          maxLength={100}
                          aria-label={`${t(`schemes.name.${of}`)} ${at + 1}`}
                          value={one.names[of]}
                          onChange={(event) =>
                            term(at, { names: { ...one.names, [of]: event.target.value } })
                          }
                        />
                      </td>
                    ))}
                    <td>
                      <button
                        type="button"
                        className="plain link term-remove"
                        aria-label={t('schemes.remove', { name: one.names[language] || one.code })}
                        onClick={() => put(v.key, { terms: v.terms.filter((_, i) => i !== at) })}
                      >
                        ×
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Button
              size="small"
              onClick={() => put(v.key, { terms: [...v.terms, { code: '', names: NO_NAMES }] })}
            >
              {t('schemes.addTerm')}
            </Button>
          </section>
        );
      })}
      <div>
        <Button onClick={add}>{t('schemes.addVocabulary')}</Button>
      </div>
    </div>
  );
}
