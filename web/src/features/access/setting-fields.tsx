import { Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { AccessSetting, AccessStatus } from '../../api/shapes.ts';
import { Access, Field } from '../../components/small.tsx';
import { today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';

const STATUSES: readonly AccessStatus[] = ['open', 'restricted', 'delayed', 'unreviewed'];
const EMBARGO = ['stays', 'set', 'lifted'] as const;

/** What a proposal sets, while it is typed: a day that is wanted and not yet written is an empty text. */
export function SettingFields(props: {
  value: AccessSetting;
  onChange: (value: AccessSetting) => void;
}): ReactNode {
  const { t } = useWording();
  const { value } = props;
  const put = (more: Partial<AccessSetting>): void => props.onChange({ ...value, ...more });
  return (
    <>
      <fieldset>
        <legend>{t('access.newStatus')}</legend>
        <Radio.Group
          value={value.status ?? 'stays'}
          onChange={({ target }) =>
            put({ status: target.value === 'stays' ? null : target.value, opensOn: null })
          }
        >
          {STATUSES.map((status) => (
            <div key={status}>
              <Radio value={status}>
                <Access status={status} /> <span className="small soft">{t(`access.${status}.meaning`)}</span>
              </Radio>
            </div>
          ))}
          <div>
            <Radio value="stays">{t('access.stays')}</Radio>
          </div>
        </Radio.Group>
      </fieldset>
      {value.status === 'open' && (
        <fieldset>
          <legend>{t('access.takesEffect')}</legend>
          <Radio.Group
            value={value.opensOn === null ? 'atOnce' : 'onDay'}
            onChange={({ target }) => put({ opensOn: target.value === 'onDay' ? '' : null })}
          >
            <Radio value="atOnce">{t('access.atOnce')}</Radio>
            <Radio value="onDay">{t('access.onDay')}</Radio>
          </Radio.Group>
          {value.opensOn !== null && (
            <Day
              label={t('access.opensOn')}
              hint={t('access.opensOnHint')}
              value={value.opensOn}
              onChange={(opensOn) => put({ opensOn })}
            />
          )}
        </fieldset>
      )}
      <fieldset>
        <legend>{t('access.embargo')}</legend>
        <Radio.Group
          value={value.embargo ?? 'stays'}
          onChange={({ target }) =>
            put(
              target.value === 'stays'
                ? { embargo: null, embargoUntil: null }
                : { embargo: target.value, embargoUntil: target.value === 'set' ? '' : null },
            )
          }
        >
          {EMBARGO.map((one) => (
            <Radio key={one} value={one}>
              {t(`access.embargo.${one}`)}
            </Radio>
          ))}
        </Radio.Group>
        {value.embargo === 'set' && (
          <>
            <Day
              label={t('access.embargoUntil')}
              hint={t('access.embargoUntilHint')}
              value={value.embargoUntil ?? ''}
              onChange={(embargoUntil) => put({ embargoUntil })}
            />
            <p className="small soft">{t('access.embargoHint')}</p>
          </>
        )}
      </fieldset>
    </>
  );
}

function Day(props: {
  label: string;
  hint: string;
  value: string;
  onChange: (day: string) => void;
}): ReactNode {
  return (
    <Field label={props.label} needed hint={props.hint}>
      {(id) => (
        <Input
          id={id}
          type="date"
          min={today()}
          style={{ maxWidth: 180 }}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Whether all days that are wanted are written. */
export function isWhole(s: AccessSetting): boolean {
  return (s.status !== null || s.embargo !== null) && s.opensOn !== '' && s.embargoUntil !== '';
}
