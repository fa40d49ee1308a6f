import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Status, When } from '../../components/small.tsx';
import { useSession } from '../../shell/place.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { RESULT_TONES } from './audit.tsx';
import { Changes } from './changes.tsx';
import { ProofOf } from './proof.tsx';
import type { Entry } from './queries.ts';

const PAGES: Record<string, string> = {
  unit: 'units',
  certificate: 'certificates',
  accessChange: 'access-changes',
  grant: 'leave',
  import: 'imports',
  scanImport: 'scans',
};

/** One entry: the sentence, its circumstances, what changed, and the proof. */
export function EntryDetail(props: {
  entry: Entry;
  onAsk(asked: { person?: string | undefined; thing?: string | undefined }): void;
}): ReactNode {
  const { entry, onAsk } = props;
  const { t, word } = useWording();
  const { archives } = useSession();
  const archive = archives.find((a) => a.id === entry.archiveId);
  const page = PAGES[entry.target.type];
  return (
    <div className="audit-entry">
      <p className="audit-sentence">{entry.sentence}</p>
      <dl className="audit-facts">
        <Fact name={t('audit.at')}>
          <When at={entry.at} /> <span className="soft small code">{entry.at}</span>
        </Fact>
        <Fact name={t('audit.person')}>{entry.actor.name}</Fact>
        <Fact name={t('audit.result')}>
          <Status tone={RESULT_TONES[entry.result]}>{t(`audit.result.${entry.result}`)}</Status>
        </Fact>
        <Fact name={t('audit.archive')}>{archive?.name ?? t('audit.installation')}</Fact>
        {entry.purpose && <Fact name={t('audit.purpose')}>{purposeWords(entry.purpose, word)}</Fact>}
        {entry.address && <Fact name={t('audit.address')}>{entry.address}</Fact>}
        {entry.rule && (
          <Fact name={t('audit.rule')}>
            {entry.rule.id} {entry.rule.version}
          </Fact>
        )}
      </dl>
      <div className="row">
        {page && <Link to={`/${page}/${entry.target.id}`}>{t('audit.goToThing')}</Link>}
        {entry.actor.id && (
          <Button
            type="link"
            size="small"
            onClick={() => onAsk({ person: entry.actor.id ?? undefined, thing: undefined })}
          >
            {t('audit.onlyPerson')}
          </Button>
        )}
        <Button type="link" size="small" onClick={() => onAsk({ thing: entry.target.id, person: undefined })}>
          {t('audit.onlyThing')}
        </Button>
      </div>
      <Changes detail={entry.detail} />
      <ProofOf entry={entry} />
    </div>
  );
}

/** A purpose that was chosen is kept as its code, with the person's own words behind it. */
function purposeWords(purpose: string, word: Wording['word']): string {
  const [code = '', ...said] = purpose.split(': ');
  return [word('personal.reason', code), ...said].join(': ');
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
