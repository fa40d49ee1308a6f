import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { OwnElement } from '../../../api/shapes.ts';
import { Field } from '../../../components/small.tsx';
import { useWording } from '../../../wording.tsx';

type Names = OwnElement['names'];
const LANGUAGES = ['zh-CN', 'zh-TW', 'en'] as const;
export const NO_NAMES: Names = { 'zh-CN': '', 'zh-TW': '', en: '' };

/** A name in the three languages; what is left empty is called as in simplified Chinese. */
export function NamesFields({
  names,
  onChange,
}: {
  names: Names;
  onChange: (names: Names) => void;
}): ReactNode {
  const { t } = useWording();
  return LANGUAGES.map((language) => (
    <Field key={language} label={t(`schemes.name.${language}`)} needed={language === 'zh-CN'}>
      {(id) => (
        <Input
          id={id}
          maxLength={200}
          value={names[language]}
          onChange={(event) => onChange({ ...names, [language]: event.target.value })}
        />
      )}
    </Field>
  ));
}

/** How an element is to be filled in, said once for all languages. */
export function HelpField({
  help,
  onChange,
}: {
  help: Names | undefined;
  onChange: (help: Names) => void;
}): ReactNode {
  const { t, language } = useWording();
  return (
    <Field label={t('schemes.help')} wide>
      {(id) => (
        <Input.TextArea
          id={id}
          rows={2}
          className="grows"
          maxLength={2_000}
          value={help?.[language] ?? ''}
          onChange={(event) => onChange({ ...(help ?? NO_NAMES), [language]: event.target.value })}
        />
      )}
    </Field>
  );
}
