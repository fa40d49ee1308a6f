import { Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ODD_RULES } from '#kernel/oddRules';
import type { OddEntry } from '../../api/shapes.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Code, Empty, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { FondsField } from '../holdings/fonds-field.tsx';
import { HelpSettings } from './settings.tsx';
import { keyOf, useOddities } from './use-oddities.ts';
import '../../styles/desk.css';

/** What does not agree in the entries of a fonds: one key to put it right, one to say that it is right as it is. */
export function Oddities(): ReactNode {
  const { t } = useWording();
  const archive = useArchive();
  const can = useCan();
  const nameOf = useArchiveName();
  const [view, change] = useUrlState(['fonds', 'rule']);
  if (!archive || !can('holdings.write', archive.id)) return <NothingHere />;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: `/holdings?archive=${archive.code}`, text: nameOf(archive) }]}
        title={t('oddities.title')}
      />
      <p className="soft">{t('oddities.about')}</p>
      <div className="row odd-bar">
        <div style={{ width: 280 }}>
          <FondsField
            archiveId={archive.id}
            label={t('oddities.fonds')}
            needed
            value={view.fonds}
            onChange={(fonds) => change({ fonds })}
          />
        </div>
        <Select
          aria-label={t('oddities.rule')}
          style={{ minWidth: 200 }}
          value={view.rule ?? ''}
          onChange={(rule) => change({ rule: rule || undefined })}
          options={[
            { value: '', label: t('oddities.every') },
            ...ODD_RULES.map((rule) => ({ value: rule, label: t(`oddities.rule.${rule}`) })),
          ]}
        />
      </div>
      {view.fonds ? (
        <OddList key={`${view.fonds} ${view.rule ?? ''}`} fondsId={view.fonds} rule={view.rule} />
      ) : (
        <Empty title={t('oddities.choose')}>{t('oddities.chooseWhy')}</Empty>
      )}
      <HelpSettings archiveId={archive.id} />
    </div>
  );
}

function OddList({ fondsId, rule }: { fondsId: string; rule: string | undefined }): ReactNode {
  const { t, word } = useWording();
  const navigate = useNavigate();
  const odd = useOddities(fondsId, rule);
  const [current, setCurrent] = useState<string>();
  const { items } = odd;
  const at = items.findIndex((one) => keyOf(one) === current);
  const here = at < 0 ? items[0] : items[at];
  const goOn = (): void => {
    const next = items.slice(at + 1).find((one) => !odd.settled(one));
    if (next) setCurrent(keyOf(next));
  };
  const take = (one: OddEntry | undefined): void => {
    if (!one?.proposal || odd.settled(one)) return;
    odd.take(one, goOn);
  };
  const pass = (one: OddEntry | undefined): void => {
    if (one && !odd.settled(one)) odd.pass(one, goOn);
  };
  useKeys(
    Object.fromEntries<() => void>([
      ['ArrowDown', () => setCurrent(keyOf(items[Math.min(at + 1, items.length - 1)] ?? here))],
      ['ArrowUp', () => setCurrent(keyOf(items[Math.max(at - 1, 0)] ?? here))],
      ['Enter', () => here && navigate(`/units/${here.unit.id}`)],
      ['a', () => take(here)],
      ['n', () => pass(here)],
      ['z', () => odd.undoLast()],
    ]),
  );
  if (odd.error) return <Trouble error={odd.error} retry={odd.retry} />;
  if (items.length === 0)
    return odd.looking ? (
      <>
        <p role="status">{t('oddities.looking', { n: count(odd.looked) })}</p>
        <Loading lines={6} />
      </>
    ) : (
      <Empty title={t('oddities.none')}>{t('oddities.noneWhy', { n: count(odd.looked) })}</Empty>
    );
  const shown = (field: string, value: string): string =>
    field === 'retention' ? word('retention', value) : value;
  return (
    <>
      <p className="small soft row">
        <span role="status">
          {odd.looking
            ? t('oddities.looking', { n: count(odd.looked) })
            : t('oddities.looked', { n: count(odd.looked), found: items.length })}
        </span>
        <span>{t('oddities.keys')}</span>
      </p>
      {here && (
        <p className="odd-here">
          <Code value={here.unit.referenceCode} /> {here.says}
        </p>
      )}
      <div className="table-scroll">
        <DataTable
          label={t('oddities.title')}
          rows={items}
          idOf={keyOf}
          current={here && keyOf(here)}
          onCurrent={(row) => row && setCurrent(keyOf(row))}
          onOpen={(row) => navigate(`/units/${row.unit.id}`)}
          columns={[
            {
              key: 'code',
              title: t('field.referenceCode'),
              width: '190px',
              hint: (row) => row.unit.referenceCode,
              cell: (row) => (
                <Link to={`/units/${row.unit.id}`}>
                  <Code value={row.unit.referenceCode} />
                </Link>
              ),
            },
            {
              key: 'title',
              title: t('field.title'),
              hint: (row) => row.unit.title,
              cell: (row) => row.unit.title,
            },
            { key: 'says', title: t('oddities.found'), hint: (row) => row.says, cell: (row) => row.says },
            {
              key: 'instead',
              title: t('oddities.instead'),
              width: '170px',
              cell: (row) =>
                row.proposal ? (
                  <>
                    {t(`field.${row.proposal.field}`)} <b>{shown(row.proposal.field, row.proposal.value)}</b>{' '}
                    <span className="small soft">{t(`oddities.confidence.${row.confidence}`)}</span>
                  </>
                ) : (
                  <span className="soft">{t('oddities.unknown')}</span>
                ),
            },
            {
              key: 'acts',
              title: <span className="visually-hidden">{t('oddities.take')}</span>,
              width: '130px',
              cell: (row) => {
                const settled = odd.settled(row);
                if (settled === 'passed') return <Status tone="closed">{t('oddities.pass')}</Status>;
                if (settled)
                  return (
                    <span className="row">
                      <Status tone="done">{t('oddities.take')}</Status>
                      <Button type="link" size="small" onClick={() => odd.undo(row)}>
                        {t('oddities.undo')}
                      </Button>
                    </span>
                  );
                return (
                  <span className="row">
                    {row.proposal && (
                      <Button size="small" loading={odd.busy === keyOf(row)} onClick={() => take(row)}>
                        {t('oddities.take')}
                      </Button>
                    )}
                    <Button size="small" type="text" onClick={() => pass(row)}>
                      {t('oddities.pass')}
                    </Button>
                  </span>
                );
              },
            },
          ]}
        />
      </div>
      {odd.more && (
        <p>
          <Button onClick={odd.goOn} loading={odd.looking}>
            {t('oddities.more')}
          </Button>
        </p>
      )}
    </>
  );
}
