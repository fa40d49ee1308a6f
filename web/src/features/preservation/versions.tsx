import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { When } from '../../components/small.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { HeldObject } from './queries.ts';

/** The versions of an object, the newest first: who, when, and what changed. */
export function Versions({ object }: { object: HeldObject }): ReactNode {
  const { t, word, language } = useWording();
  const comma = language === 'en' ? ', ' : '，';
  const changes = (v: HeldObject['versions'][number]): string => {
    const parts = [
      v.added > 0 && t('object.version.added', { n: v.added }),
      v.changed > 0 && t('object.version.changed', { n: v.changed }),
      v.removed > 0 && t('object.version.removed', { n: v.removed }),
    ].filter((part) => part !== false);
    return parts.length > 0 ? parts.join(comma) : t('object.version.same');
  };
  return (
    <Scroll label={t('object.versions')}>
      <table className="data wrap versions">
        <thead>
          <tr>
            <th scope="col" style={{ width: 60 }}>
              {t('copy.version')}
            </th>
            <th scope="col">{t('object.version.what')}</th>
            <th scope="col" style={{ width: 120 }}>
              {t('object.version.when')}
            </th>
            <th scope="col" style={{ width: 130 }}>
              {t('object.version.who')}
            </th>
            <th scope="col" className="numeric" style={{ width: 70 }}>
              {t('object.version.files')}
            </th>
          </tr>
        </thead>
        <tbody>
          {object.versions.map((v) => (
            <tr key={v.version}>
              <td className="code">{v.version}</td>
              <td>
                {v.message && word('object.message', v.message)}
                <span className="small soft block">{changes(v)}</span>
              </td>
              <td>
                <When at={v.created} />
              </td>
              <td>{v.by === 'lantai' || v.by === 'system' ? t('product.name') : (v.by ?? '—')}</td>
              <td className="numeric">{count(v.files)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
