import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import type { CodeTemplate } from '../../api/shapes.ts';
import { Empty, Loading, PageHead, Status, type Tone } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { shapeOf } from './code-shape.ts';
import { CodeTemplateForm } from './code-template-form.tsx';
import '../../styles/holdings.css';

const TONES: Record<CodeTemplate['state'], Tone> = { inForce: 'done', toCome: 'waiting', followed: 'plain' };

/** How this archive builds its reference codes: for which fonds and categories, in which form, from which day on. */
export function CodeTemplates(): ReactNode {
  const { t, word } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const queries = useQueryClient();
  const [form, setForm] = useState<CodeTemplate | 'new'>();
  const archiveId = archive?.id ?? '';
  const list = useQuery({
    queryKey: ['code-templates', archiveId],
    queryFn: () => body(api.GET('/archives/{archiveId}/code-templates', { params: { path: { archiveId } } })),
    enabled: Boolean(archive),
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/code-templates/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['code-templates'] }),
  });
  if (!archive || !can('holdings.read', archive.id)) return <NothingHere />;
  const mayWrite = can('holdings.write', archive.id);
  const items = list.data?.items ?? [];
  const scopeOf = (one: CodeTemplate): string =>
    `${one.fonds ? fondsLabel(one.fonds) : t('codeTemplates.allFonds')} · ${
      one.category ? word('category', one.category) : t('codeTemplates.allCategories')
    }`;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: `/holdings?archive=${archive.code}`, text: nameOf(archive) }]}
        title={t('codeTemplates.title')}
        actions={
          mayWrite && (
            <Button type="primary" onClick={() => setForm('new')}>
              {t('codeTemplates.add')}
            </Button>
          )
        }
      />
      <p className="soft">{t('codeTemplates.about')}</p>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {withdraw.error && <Trouble error={withdraw.error} />}
      {list.isPending && <Loading lines={4} />}
      {list.data && items.length === 0 && (
        <Empty title={t('codeTemplates.none')}>{t('codeTemplates.noneText')}</Empty>
      )}
      <ul className="history" aria-label={t('codeTemplates.title')}>
        {items.map((one) => (
          <li key={one.id} className={one.state === 'followed' ? 'soft' : ''}>
            <div className="spread">
              <span>
                <strong>{one.name}</strong> <span className="small soft">{scopeOf(one)}</span>
              </span>
              <Status tone={TONES[one.state]}>{t(`codeTemplates.${one.state}`)}</Status>
            </div>
            <div className="code code-shape">{shapeOf(one.elements, (name) => t(`codeElement.${name}`))}</div>
            <div className="spread">
              <span className="small soft">
                {t('codeTemplates.from')} {one.validFrom}
                {one.createdBy && ` · ${t('codeTemplates.by', { by: one.createdBy })}`}
              </span>
              {mayWrite && one.state === 'inForce' && (
                <button type="button" className="plain link" onClick={() => setForm(one)}>
                  {t('codeTemplates.change')}
                </button>
              )}
              {mayWrite && one.state === 'toCome' && (
                <button type="button" className="plain link" onClick={() => withdraw.mutate(one.id)}>
                  {t('codeTemplates.withdraw')}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {mayWrite && form && (
        <CodeTemplateForm
          archiveId={archive.id}
          {...(form !== 'new' && { before: form })}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  );
}
