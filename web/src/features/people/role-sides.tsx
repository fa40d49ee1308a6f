import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import type { Names } from './shapes.ts';

export interface RoleSide {
  title: string;
  role: { names: Names; capabilities: readonly string[] };
}

/** Versions of one role beside each other: names, and which capability each has. */
export function RoleSides({ sides }: { sides: readonly RoleSide[] }): ReactNode {
  const { t, word, language } = useWording();
  const all = [...new Set(sides.flatMap((s) => s.role.capabilities))];
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="data wrap" aria-label={t('roles.compare')}>
        <thead>
          <tr>
            <th scope="col">{t('roles.capability')}</th>
            {sides.map((s) => (
              <th key={s.title} scope="col" style={{ width: 150 }}>
                {s.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{t('people.name')}</td>
            {sides.map((s) => (
              <td key={s.title}>{s.role.names[language]}</td>
            ))}
          </tr>
          {all.map((capability) => (
            <tr key={capability}>
              <td>{word('capability', capability)}</td>
              {sides.map((s) => (
                <td key={s.title}>{s.role.capabilities.includes(capability) ? t('roles.yes') : '—'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
