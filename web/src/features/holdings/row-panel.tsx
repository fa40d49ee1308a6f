import { useQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { ApiError } from '../../api/client.ts';
import type { Unit } from '../../api/shapes.ts';
import { Code, LinkButton, Loading, Retention, Thumbnail } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useKeys } from '../../lib/keys.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccessOf } from '../access/access-state.tsx';
import { AccessProposalForm } from '../access/proposal-form.tsx';
import { toCome } from '../access/setting.ts';
import { UnitLinks } from '../authorities/unit-links.tsx';
import { PrintButton } from '../printing/print-button.tsx';
import { Description } from './description.tsx';
import { History } from './history.tsx';
import { unitOne, unitPages } from './queries.ts';
import { TakeOut } from './take-out.tsx';

type Change = (
  change: Record<string, string | undefined>,
  options?: { keepPage?: boolean; replace?: boolean },
) => void;

/** The looked-at row beside the table: what it is, what it holds, what happened to it, who may see it. */
export function RowPanel({
  id,
  tab,
  change,
}: {
  id: string;
  tab: string | undefined;
  change: Change;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const unit = useQuery(unitOne(id));
  const close = (): void => change({ row: undefined, tab: undefined }, { keepPage: true });
  useKeys({ Escape: close });
  if (unit.error instanceof ApiError && unit.error.status === 404) return <NothingHere />;
  if (unit.error) return <Trouble error={unit.error} retry={() => void unit.refetch()} />;
  if (!unit.data) return <Loading lines={8} />;
  const one = unit.data;
  return (
    <aside className="row-panel stack" aria-label={t('panel.label')}>
      <div className="spread" style={{ flexWrap: 'nowrap', alignItems: 'start' }}>
        <div className="grow">
          <Code value={one.referenceCode} copy />
          <h2 title={one.title}>{one.title}</h2>
        </div>
        <Button size="small" type="text" onClick={close}>
          {t('act.close')}
        </Button>
      </div>
      <div className="row">
        <LinkButton to={`/units/${one.id}`} size="small" type="primary">
          {t('act.open')}
        </LinkButton>
        {one.allowed.draft && (
          <LinkButton to={`/units/${one.id}/edit`} size="small">
            {t('act.edit')}
          </LinkButton>
        )}
        <PrintButton
          archiveId={one.archive.id}
          choice={{ unit: one.id }}
          words={one.level === 'item' ? one.title : `${one.title}（${t('printing.chosen.unit')}）`}
          label={one.referenceCode ?? one.title}
          form={one.level === 'file' ? 'fileSet' : one.level === 'series' ? 'findingAid' : 'labels'}
        />
        {can('content.export', one.archive.id) && <TakeOut id={one.id} />}
      </div>
      <NextLine unit={one} />
      <Tabs
        size="small"
        activeKey={tab ?? 'description'}
        onChange={(key) =>
          change({ tab: key === 'description' ? undefined : key }, { keepPage: true, replace: true })
        }
        items={[
          { key: 'description', label: t('panel.description'), children: <Description unit={one} /> },
          { key: 'content', label: t('panel.content'), children: <Content unit={one} /> },
          { key: 'links', label: t('authority.tab'), children: <UnitLinks unit={one} /> },
          { key: 'history', label: t('panel.history'), children: <History unit={one} /> },
          { key: 'rights', label: t('panel.rights'), children: <Rights unit={one} /> },
        ]}
      />
    </aside>
  );
}

/** The single most likely next act in this state, and who may do it if not this person. */
function NextLine({ unit }: { unit: Unit }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const [proposing, setProposing] = useState(false);
  if (unit.level === 'item' && unit.pageCount === 0)
    return (
      <div className="next-line">
        <span>{t('next.noPages')}</span>
        {can('import.run', unit.archive.id) ? (
          <Link to={`/scans/new?archive=${unit.archive.code}`}>{t('scans.new')}</Link>
        ) : (
          <span className="small soft">{t('next.byIntake')}</span>
        )}
      </div>
    );
  if (unit.accessStatus === 'unreviewed')
    return (
      <div className="next-line">
        <span>{t('next.unreviewed')}</span>
        {unit.allowed.proposeAccess ? (
          <Button size="small" onClick={() => setProposing(true)}>
            {t('access.propose')}
          </Button>
        ) : (
          <span className="small soft">{t('next.byReviewer')}</span>
        )}
        {proposing && (
          <AccessProposalForm
            archiveId={unit.archive.id}
            units={[unit]}
            onClose={() => setProposing(false)}
          />
        )}
      </div>
    );
  if (unit.pageCount > 0)
    return (
      <div className="next-line">
        <span>{t('next.ready')}</span>
        {unit.allowed.requestCertificate ? (
          <Link to={`/units/${unit.id}?do=certificate`}>{t('certificates.request')}</Link>
        ) : (
          <span className="small soft">{t('next.byClerk')}</span>
        )}
      </div>
    );
  return null;
}

function Content({ unit }: { unit: Unit }): ReactNode {
  const { t } = useWording();
  const pages = useQuery(unitPages(unit.id));
  if (pages.error) return <Trouble error={pages.error} retry={() => void pages.refetch()} />;
  if (!pages.data) return <Loading lines={4} />;
  if (pages.data.items.length === 0) return <p className="soft">{t('content.none')}</p>;
  return (
    <div className="thumbs">
      {pages.data.items.slice(0, 60).map((page) => (
        <Link key={page.pageNo} className="thumb" to={`/units/${unit.id}?page=${page.pageNo}`}>
          <Thumbnail page={page} />
          {page.label ?? page.pageNo}
        </Link>
      ))}
    </div>
  );
}

function Rights({ unit }: { unit: Unit }): ReactNode {
  const { t, word } = useWording();
  return (
    <div className="stack">
      <dl className="facts">
        <dt>{t('field.accessStatus')}</dt>
        <dd>
          <AccessOf state={unit} />
          <p className="small soft">
            {unit.accessStatus === 'open' && toCome(unit.opensOn)
              ? t('access.opensOnDay.meaning', { day: unit.opensOn })
              : t(`access.${unit.accessStatus}.meaning`)}
          </p>
          {unit.embargo && toCome(unit.embargoUntil) && (
            <p className="small">
              {t('access.closedUntilWhy', { day: unit.embargoUntil, reason: unit.embargo.reason })}
            </p>
          )}
        </dd>
        <dt>{t('field.classification')}</dt>
        <dd>{word('classification', unit.classification)}</dd>
        <dt>{t('field.retention')}</dt>
        <dd>
          <Retention code={unit.retention} />
        </dd>
      </dl>
      <p className="small soft">
        {t(
          unit.accessStatus === 'open' &&
            unit.classification === 'public' &&
            !toCome(unit.opensOn) &&
            !toCome(unit.embargoUntil)
            ? 'rights.everybody'
            : 'rights.staff',
        )}
      </p>
    </div>
  );
}
