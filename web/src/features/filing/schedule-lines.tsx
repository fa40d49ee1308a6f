import type { ReactNode } from 'react';
import { Retention, Status } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import type { LineDraft } from './line-form.tsx';
import type { Difference } from './queries.ts';

export interface ShownLine extends LineDraft {
  /** Where it stands in the list. */
  at: number;
  difference: Difference | undefined;
  /** Remarks on it, and how many of them wait. */
  remarks: number;
  waiting: number;
}

/** The lines of a schedule by class, as they are printed, with what differs and what was said. */
export function ScheduleLines(props: {
  lines: readonly ShownLine[];
  /** Lines the compared list has besides. */
  gone: readonly Difference[];
  onLine: (line: ShownLine) => void;
}): ReactNode {
  const { t } = useWording();
  const classes = [...new Set(props.lines.map((l) => `${l.classCode}\t${l.className}`))];
  return (
    <div className="table-scroll">
      <table className="lines-table">
        <thead>
          <tr>
            <th scope="col">{t('schedule.number')}</th>
            <th scope="col">{t('schedule.matter')}</th>
            <th scope="col">{t('schedule.retention')}</th>
            <th scope="col">{t('schedule.category')}</th>
            <th scope="col">{t('schedule.lineNote')}</th>
          </tr>
        </thead>
        {classes.map((of) => {
          const [code = '', name = ''] = of.split('\t');
          return (
            <tbody key={of}>
              <tr className="lines-class">
                <th scope="rowgroup" colSpan={5}>
                  {name || '—'} <span className="code soft">{code}</span>
                </th>
              </tr>
              {props.lines
                .filter((l) => l.classCode === code && l.className === name)
                .map((line) => (
                  <Row key={`${line.key ?? ''}-${line.at}`} line={line} onLine={props.onLine} />
                ))}
            </tbody>
          );
        })}
        {props.gone.length > 0 && (
          <tbody>
            <tr className="lines-class">
              <th scope="rowgroup" colSpan={5}>
                {t('schedule.difference.removed')}
              </th>
            </tr>
            {props.gone.map((d) => (
              <tr key={d.key} className="is-gone">
                <td>{d.before?.number}</td>
                <td>
                  <del>{d.before?.matter}</del>
                </td>
                <td>
                  <Retention code={d.before?.retention} />
                </td>
                <td>{d.before?.category}</td>
                <td>
                  <Status tone="wrong">{t('schedule.difference.removed')}</Status>
                </td>
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

function Row({ line, onLine }: { line: ShownLine; onLine: (line: ShownLine) => void }): ReactNode {
  const { t } = useWording();
  const { difference: d } = line;
  return (
    <tr className={d ? 'is-different' : undefined}>
      <td>{line.number}</td>
      <td>
        <button type="button" className="plain link lines-open" onClick={() => onLine(line)}>
          {line.matter}
        </button>
        {d?.before && d.fields.includes('matter') && (
          <p className="small soft">
            {t('schedule.was')}: {d.before.matter}
          </p>
        )}
      </td>
      <td>
        <Retention code={line.retention} />
        {d?.before && d.fields.includes('retention') && (
          <p className="small soft">
            {t('schedule.was')}: <Retention code={d.before.retention} />
          </p>
        )}
      </td>
      <td>{line.category}</td>
      <td>
        {line.note}{' '}
        {d && (
          <Status tone={d.shorter ? 'wrong' : 'waiting'}>
            {d.shorter ? t('schedule.shorter') : t(`schedule.difference.${d.kind}`)}
          </Status>
        )}{' '}
        {line.remarks > 0 && (
          <Status tone={line.waiting > 0 ? 'waiting' : 'plain'}>
            {t('remark.count', { n: line.remarks })}
          </Status>
        )}
      </td>
    </tr>
  );
}
