import { Button, Radio } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Unit } from '../../api/shapes.ts';
import { When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { changedFields, textOf, type UnitText } from './unit-values.ts';

/** Two people changed the same record: both versions of each field that differs, and a choice for each. */
export function Conflict(props: {
  base: UnitText;
  mine: UnitText;
  theirs: Unit;
  onSettled: (text: UnitText) => void;
}): ReactNode {
  const { t, word } = useWording();
  const theirs = textOf(props.theirs);
  const mineChanged = new Set(changedFields(props.base, props.mine));
  const differing = changedFields(props.mine, theirs).filter(
    (field) => mineChanged.has(field) && changedFields(props.base, theirs).includes(field),
  );
  const [keepMine, setKeepMine] = useState<ReadonlySet<string>>(new Set());
  // The person pressed save at the foot of a long form; this stands at its head.
  const notice = useRef<HTMLElement>(null);
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'center' });
  }, []);
  const settle = (): void => {
    const settled: UnitText = { ...theirs };
    for (const field of mineChanged) {
      if (!differing.includes(field) || keepMine.has(field)) settled[field] = props.mine[field] ?? '';
    }
    props.onSettled(settled);
  };
  return (
    <section ref={notice} className="notice is-waiting stack" role="alert">
      <div>
        <strong>{t('conflict.title')}</strong>
        <p>
          {t('conflict.text')} (<When at={props.theirs.updatedAt} />)
        </p>
      </div>
      {differing.length === 0 ? (
        <p>{t('conflict.noneDiffers')}</p>
      ) : (
        <div style={{ overflowX: 'auto' }}>
          <table className="data wrap" aria-label={t('conflict.title')}>
            <thead>
              <tr>
                <th scope="col" style={{ width: 110 }}>
                  {t('conflict.field')}
                </th>
                <th scope="col">{t('conflict.mine')}</th>
                <th scope="col">{t('conflict.theirs')}</th>
              </tr>
            </thead>
            <tbody>
              {differing.map((field) => {
                const choose = (mine: boolean): void => {
                  const next = new Set(keepMine);
                  if (mine) next.add(field);
                  else next.delete(field);
                  setKeepMine(next);
                };
                return (
                  <tr key={field}>
                    <td>{word('field', field)}</td>
                    <td>
                      <Radio checked={keepMine.has(field)} onChange={() => choose(true)}>
                        {props.mine[field] || t('description.none')}
                      </Radio>
                    </td>
                    <td>
                      <Radio checked={!keepMine.has(field)} onChange={() => choose(false)}>
                        {theirs[field] || t('description.none')}
                      </Radio>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <div>
        <Button type="primary" onClick={settle}>
          {t('conflict.settle')}
        </Button>
      </div>
    </section>
  );
}
