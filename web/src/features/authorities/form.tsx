import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Input, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { type Draft, draftOf, said } from './draft.ts';
import { IdentifierFields } from './identifier-fields.tsx';
import { NameFields } from './name-fields.tsx';
import {
  type Authority,
  type Class,
  CONTROL_OF,
  classOf,
  ELEMENTS_OF,
  KINDS_OF,
  type Kind,
  type Vocabulary,
} from './queries.ts';
import { elementWord } from './words.ts';

/** One authority to be written: a new one of a class, or one that is there. */
export function AuthorityForm(props: {
  archiveId: string;
  of: Class;
  authority?: Authority;
  vocabularies: readonly Vocabulary[];
  vocabularyId?: string | undefined;
  onClose: () => void;
  onDone: (a: Authority) => void;
}): ReactNode {
  const wording = useWording();
  const { t, word } = wording;
  const queries = useQueryClient();
  const { authority } = props;
  const [draft, setDraft] = useState<Draft>(() =>
    draftOf(authority, KINDS_OF[props.of][0] ?? 'body', props.vocabularyId ?? props.vocabularies[0]?.id),
  );
  const put = (change: Partial<Draft>): void => setDraft((d) => Object.assign({}, d, change));
  const { kind } = draft;
  const save = useMutation({
    mutationFn: () =>
      authority
        ? body(
            api.PATCH('/authorities/{id}', {
              params: { path: { id: authority.id } },
              body: Object.assign({ version: authority.version }, said(draft)),
            }),
          )
        : body(
            api.POST('/authorities', { body: Object.assign({ archiveId: props.archiveId }, said(draft)) }),
          ),
    onSuccess: (saved) => {
      queries.setQueryData(['authority', saved.id], saved);
      for (const key of ['authorities', 'authority-branch', 'authority-suggestions'])
        void queries.invalidateQueries({ queryKey: [key] });
      props.onDone(saved);
    },
  });
  const element = (name: string): ReactNode => {
    const value = draft.elements[name] ?? '';
    const change = (text: string): void =>
      put({ elements: Object.assign({}, draft.elements, { [name]: text }) });
    const isShort = ['placeType', 'coordinates', 'functionType', 'languages'].includes(name);
    return (
      <Field key={name} label={elementWord(wording, name, kind)} wide={!isShort}>
        {(id) =>
          isShort ? (
            <Input id={id} value={value} onChange={(e) => change(e.target.value)} />
          ) : (
            <Input.TextArea
              id={id}
              rows={name === 'history' ? 6 : 2}
              value={value}
              onChange={(e) => change(e.target.value)}
            />
          )
        }
      </Field>
    );
  };
  return (
    <DrawerForm
      title={authority ? t('authority.edit') : t('authority.new')}
      size={760}
      save={save}
      disabled={!draft.names.some((n) => n.form === 'authorised' && n.name.trim())}
      onClose={props.onClose}
    >
      {KINDS_OF[props.of].length > 1 && (
        <Radio.Group
          aria-label={t('authority.kindLabel')}
          value={kind}
          onChange={(e) => put({ kind: KINDS_OF[props.of].find((k) => k === e.target.value) ?? kind })}
          options={KINDS_OF[props.of].map((k: Kind) => ({ value: k, label: word('authority.kind', k) }))}
        />
      )}
      {props.of === 'subject' && (
        <Field label={t('authority.vocabulary')} needed>
          {(id) => (
            <Select
              id={id}
              value={draft.vocabularyId ?? null}
              onChange={(vocabularyId) => put({ vocabularyId })}
              options={props.vocabularies.map((v) => ({ value: v.id, label: `${v.code} ${v.name}` }))}
            />
          )}
        </Field>
      )}
      <NameFields kind={kind} names={draft.names} onChange={(names) => put({ names })} />
      {props.of !== 'subject' && (
        <div className="fields">
          <Field
            label={t(kind === 'person' ? 'authority.exist.person' : 'authority.exist')}
            hint={t('authority.dateHint')}
          >
            {(id) => (
              <span className="row">
                <Input
                  id={id}
                  style={{ width: 105 }}
                  aria-label={t('authority.from')}
                  value={draft.exist.from}
                  onChange={(e) => put({ exist: Object.assign({}, draft.exist, { from: e.target.value }) })}
                />
                <Input
                  style={{ width: 105 }}
                  aria-label={t('authority.to')}
                  value={draft.exist.to}
                  onChange={(e) => put({ exist: Object.assign({}, draft.exist, { to: e.target.value }) })}
                />
              </span>
            )}
          </Field>
          <Field label={t('authority.dateText')}>
            {(id) => (
              <Input
                id={id}
                value={draft.exist.text}
                onChange={(e) => put({ exist: Object.assign({}, draft.exist, { text: e.target.value }) })}
              />
            )}
          </Field>
        </div>
      )}
      <IdentifierFields identifiers={draft.identifiers} onChange={(identifiers) => put({ identifiers })} />
      <h3 className="fields-title">{t('authority.area.description')}</h3>
      <div className="fields">{ELEMENTS_OF[classOf(kind)].map(element)}</div>
      <h3 className="fields-title">{t('authority.area.control')}</h3>
      <div className="fields">
        <Field label={t('authority.recordId')}>
          {(id) => (
            <Input
              id={id}
              value={draft.recordId}
              maxLength={200}
              onChange={(e) => put({ recordId: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('authority.status')}>
          {(id) => (
            <Select
              id={id}
              value={draft.status}
              onChange={(status) => put({ status })}
              options={(['draft', 'final'] as const).map((s) => ({
                value: s,
                label: t(`authority.status.${s}`),
              }))}
            />
          )}
        </Field>
        {CONTROL_OF[classOf(kind)].map(element)}
      </div>
      <Checkbox checked={draft.restricted} onChange={(e) => put({ restricted: e.target.checked })}>
        {t('authority.restricted')} <span className="small soft">{t('authority.restrictedHint')}</span>
      </Checkbox>
    </DrawerForm>
  );
}
