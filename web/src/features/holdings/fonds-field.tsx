import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from '../../components/small.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { fondsList } from './queries.ts';

/** A fonds of an archive, found by its number or name. */
export function FondsField(props: {
  archiveId: string;
  label: string;
  needed?: boolean;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}): ReactNode {
  const [q, setQ] = useState('');
  const found = useQuery(fondsList(props.archiveId, q));
  return (
    <Field label={props.label} needed={props.needed ?? false}>
      {(id) => (
        <Select
          id={id}
          allowClear={!props.needed}
          value={props.value ?? null}
          onChange={(value) => props.onChange(value ?? undefined)}
          showSearch={{ filterOption: false, onSearch: setQ }}
          options={(found.data?.items ?? []).map((fonds) => ({ value: fonds.id, label: fondsLabel(fonds) }))}
        />
      )}
    </Field>
  );
}
