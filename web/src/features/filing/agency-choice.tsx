import { Select } from 'antd';
import type { ReactNode } from 'react';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import type { useAgency } from './use-agency.ts';

/** Chooses one of the agencies somebody reaches; nothing to choose where there is one. */
export function AgencyChoice({
  of: { all, one, choose },
  everyAgency = false,
}: {
  of: ReturnType<typeof useAgency>;
  /** All agencies together may be chosen too. */
  everyAgency?: boolean;
}): ReactNode {
  const { t } = useWording();
  if (all.length < 2) return null;
  return (
    <Field label={t('filing.agency')}>
      {(id) => (
        <Select
          id={id}
          className="agency-choice"
          allowClear={everyAgency}
          showSearch={{ optionFilterProp: 'label' }}
          value={one?.agencyId ?? null}
          onChange={(agencyId) => choose(agencyId ?? undefined)}
          options={all.map((a) => ({ value: a.agencyId, label: a.name }))}
          {...(everyAgency && { placeholder: t('act.all') })}
        />
      )}
    </Field>
  );
}
