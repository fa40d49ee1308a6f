import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type FoundFamily, familiesOf } from './families.ts';
import { Detail } from './original.tsx';
import { type CheckGroup, toneOfSeverity } from './shapes.ts';

interface PlacesProps {
  id: string;
  onEntry?: (entry: number) => void;
}

/** What was found, the gravest first: a title and what to do; the rules and each place when it is opened. */
export function Groups({ groups, ...props }: PlacesProps & { groups: readonly CheckGroup[] }): ReactNode {
  const { t } = useWording();
  const families = familiesOf(groups);
  if (families.length === 0) return null;
  return (
    <section>
      <h2>{t('examination.findings')}</h2>
      {families.map((family, at) => (
        <FamilyOfFindings
          key={`${family.severity} ${family.family}`}
          found={family}
          first={at === 0}
          {...props}
        />
      ))}
    </section>
  );
}

function FamilyOfFindings({
  found,
  first,
  ...props
}: PlacesProps & { found: FoundFamily; first: boolean }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(first);
  return (
    <details className="check-family" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Status tone={toneOfSeverity(found.severity)}>{t(`examination.severity.${found.severity}`)}</Status>
        <span className="grow">{t(`finding.${found.family}.title`)}</span>
        <span className="soft">{t('examination.times', { n: count(found.count) })}</span>
      </summary>
      <p>{t(`finding.${found.family}.todo`)}</p>
      {open && found.groups.map((group) => <Rule key={group.code} group={group} {...props} />)}
    </details>
  );
}

function Rule({ group, ...props }: PlacesProps & { group: CheckGroup }): ReactNode {
  const { t, word } = useWording();
  return (
    <div className="check-rule">
      <p>
        {word('rule', group.code, '')} <span className="soft small code">{group.code}</span>{' '}
        <span className="soft small">{t('examination.times', { n: count(group.count) })}</span>
      </p>
      <Places group={group} {...props} />
    </div>
  );
}

function Places({ id, group, onEntry }: PlacesProps & { group: CheckGroup }): ReactNode {
  const { t } = useWording();
  const { code, severity } = group;
  const found = useInfiniteQuery({
    queryKey: ['examination-findings', id, code, severity],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/examinations/{id}/findings', {
          params: {
            path: { id },
            query: { code, severity, limit: 20, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={2} />;
  return (
    <>
      <ul>
        {found.data.pages
          .flatMap((page) => page.items)
          .map(({ seq, path, entry, message }) => (
            <li key={seq}>
              {entry === null || !onEntry ? (
                <span className="check-path">{path || t('examination.whole')}</span>
              ) : (
                <button type="button" className="plain check-path" onClick={() => onEntry(entry)}>
                  {path}
                </button>
              )}
              <Detail>{message}</Detail>
            </li>
          ))}
      </ul>
      {found.hasNextPage && (
        <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('examination.loadMore')}
        </Button>
      )}
    </>
  );
}
