import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { FONDS_HEADINGS, type FondsHeading } from '#kernel/fondsHeadings';
import { api, body, done, fileUrl } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import { Loading } from '../../components/small.tsx';
import { sentenceOf, Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { CameFrom } from '../accessions/came-from.tsx';
import { FondsCreators } from '../authorities/fonds-creators.tsx';
import { PrintButton } from '../printing/print-button.tsx';
import { DocumentForm } from './document-form.tsx';
import '../../styles/authorities.css';

type File = paths['/fonds/{id}/file']['get']['responses']['200']['content']['application/json'];
export type FondsDocument = File['documents'][number];

const PLACES = { import: '/imports/', handover: '/transfers/', destruction: '/disposals/' } as const;

/** The file of a fonds 全宗卷: its papers under their headings, and what the house itself knows. */
export function FondsFile(props: {
  fondsId: string;
  archiveId: string;
  /** Number and name of the fonds. */
  name: string;
  number: string;
}): ReactNode {
  const { t } = useWording();
  const { fondsId, archiveId, name, number } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('fondsFile.title')}</Button>
      <Drawer
        open={open}
        size={640}
        title={t('fondsFile.title')}
        onClose={() => setOpen(false)}
        destroyOnHidden
        extra={
          <PrintButton
            archiveId={archiveId}
            choice={{ fonds: fondsId }}
            words={`${t('fondsFile.title')} ${name}`}
            label={number}
            form="fondsFile"
          />
        }
      >
        <FondsCreators fondsId={fondsId} archiveId={archiveId} />
        <CameFrom archiveId={archiveId} into={[fondsId]} fondsId={fondsId} />
        <Papers fondsId={fondsId} />
      </Drawer>
    </>
  );
}

function Papers({ fondsId }: { fondsId: string }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form, setForm] = useState<{ heading: FondsHeading; document?: FondsDocument }>();
  const file = useQuery({
    queryKey: ['fonds-file', fondsId],
    queryFn: () => body(api.GET('/fonds/{id}/file', { params: { path: { id: fondsId } } })),
  });
  const remove = useMutation({
    mutationFn: (d: FondsDocument) =>
      done(
        api.DELETE('/fonds/{id}/file/{documentId}', {
          params: { path: { id: fondsId, documentId: d.id }, query: { version: d.version } },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['fonds-file', fondsId] });
      void message.success(t('fondsFile.removed'));
    },
    onError: (e) => void message.error(sentenceOf(e, wording)),
  });
  if (file.error) return <Trouble error={file.error} retry={() => void file.refetch()} />;
  if (!file.data) return <Loading lines={8} />;
  const { documents, lines, allowed } = file.data;
  return (
    <div className="stack">
      {FONDS_HEADINGS.map((heading) => {
        const papers = documents.filter((d) => d.heading === heading);
        const known = lines.filter((l) => l.heading === heading);
        return (
          <section key={heading} aria-label={t(`fondsFile.heading.${heading}`)}>
            <div className="spread">
              <h3 className="fields-title">{t(`fondsFile.heading.${heading}`)}</h3>
              {allowed.write && (
                <Button size="small" type="text" onClick={() => setForm({ heading })}>
                  {t('fondsFile.add')}
                </Button>
              )}
            </div>
            {papers.length === 0 && known.length === 0 && <p className="soft small">{t('fondsFile.none')}</p>}
            <ul className="authority-records">
              {papers.map((d) => (
                <li key={d.id}>
                  <div className="row">
                    <span className="soft small relation-type">{d.dated ?? ''}</span>
                    <span className="grow">
                      {d.title}
                      {d.author && <span className="small soft"> {d.author}</span>}
                    </span>
                    {allowed.write && (
                      <>
                        <Button size="small" type="text" onClick={() => setForm({ heading, document: d })}>
                          {t('fondsFile.edit')}
                        </Button>
                        <Popconfirm
                          title={t('fondsFile.removeText', { name: d.title })}
                          okText={t('fondsFile.remove')}
                          cancelText={t('act.cancel')}
                          onConfirm={() => remove.mutate(d)}
                        >
                          <Button size="small" type="text">
                            {t('fondsFile.remove')}
                          </Button>
                        </Popconfirm>
                      </>
                    )}
                  </div>
                  {d.body && <div className="remark-text small">{d.body}</div>}
                  {d.files.map((f) => (
                    <div key={f.id} className="small">
                      <a href={fileUrl(`/fonds/${fondsId}/file/${d.id}/files/${f.id}`)} download>
                        {f.name}
                      </a>{' '}
                      <span className="soft">{bytes(f.bytes)}</span>
                    </div>
                  ))}
                </li>
              ))}
              {known.map((l) => (
                <li key={l.id} className="row">
                  <span className="soft small relation-type">{l.day}</span>
                  <span className="grow small">
                    <Link to={`${PLACES[l.kind]}${l.id}`}>
                      {t(`fondsFile.line.${l.kind}`, {
                        number: l.number,
                        title: l.title,
                        records: l.records,
                      })}
                    </Link>{' '}
                    <span className="soft">{t('fondsFile.system')}</span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {form && (
        <DocumentForm
          fondsId={fondsId}
          heading={form.heading}
          document={form.document}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  );
}
