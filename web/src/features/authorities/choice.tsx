import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { useWording } from '../../wording.tsx';
import type { Class, Kind, Suggested } from './queries.ts';
import { beside } from './words.ts';

/** Choosing an authority by typing part of any of its names. */
export function AuthorityChoice(props: {
  id?: string;
  archiveId: string | undefined;
  of?: Class | undefined;
  kind?: Kind | undefined;
  vocabularyId?: string | undefined;
  /** Not offered: the one that is looked at. */
  but?: string;
  value: Suggested | undefined;
  onChange: (chosen: Suggested | undefined) => void;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 120);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = {
    q: asked,
    limit: 12,
    ...(props.archiveId && { archive: props.archiveId }),
    ...(props.of && { class: props.of }),
    ...(props.kind && { kind: props.kind }),
    ...(props.vocabularyId && { vocabulary: props.vocabularyId }),
  };
  const found = useQuery({
    queryKey: ['authority-suggestions', query],
    queryFn: () => body(api.GET('/authorities/suggestions', { params: { query } })),
    enabled: asked !== '',
    placeholderData: (before) => before,
  });
  const items = (asked === '' ? [] : (found.data?.items ?? [])).filter((a) => a.id !== props.but);
  const label = (a: Suggested): ReactNode => (
    <span className="authority-option">
      <span>{a.name}</span>
      {a.matched !== a.name && <span className="soft"> = {a.matched}</span>}
      <span className="small soft"> {beside(wording, a)}</span>
    </span>
  );
  const { value } = props;
  return (
    <Select
      {...(props.id && { id: props.id })}
      aria-label={t('authority.choose')}
      placeholder={t('authority.chooseHint')}
      style={{ width: '100%' }}
      allowClear
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      value={value?.id ?? null}
      notFoundContent={asked !== '' && found.data ? t('authority.nothingFits') : null}
      options={[...(value && !items.some((a) => a.id === value.id) ? [value] : []), ...items].map((a) => ({
        value: a.id,
        label: label(a),
      }))}
      onChange={(id) => {
        props.onChange(items.find((a) => a.id === id));
        setTyped('');
      }}
    />
  );
}
