import { App, Button, type ButtonProps } from 'antd';
import { type MouseEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Link, useHref, useNavigate } from 'react-router';
import type { AccessStatus, Page, Range } from '../api/shapes.ts';
import { copyText } from '../lib/copy.ts';
import { whenOf } from '../lib/format.ts';
import { highlightParts } from '../lib/highlight.ts';
import { useWording } from '../wording.tsx';

/** A reference code: one click selects it whole, one more copies it. */
export function Code({
  value,
  copy = false,
}: {
  value: string | null | undefined;
  copy?: boolean;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  if (!value) return <span className="soft">{t('code.none')}</span>;
  return (
    <>
      <span className="code">{value}</span>
      {copy && (
        <Button
          type="link"
          size="small"
          onClick={() => void copyText(value).then(() => message.success(t('act.copied')))}
        >
          {t('act.copy')}
        </Button>
      )}
    </>
  );
}

/** Access status: a sign and its word. */
export function Access({ status }: { status: AccessStatus | string }): ReactNode {
  const { word } = useWording();
  return (
    <span className={`status is-${status}`} title={word('access', `${status}.meaning`, '')}>
      {word('access', status)}
    </span>
  );
}

export type Tone = 'done' | 'waiting' | 'closed' | 'wrong' | 'plain';
export function Status({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return <span className={`status is-${tone}`}>{children}</span>;
}

export function Retention({ code }: { code: string | null | undefined }): ReactNode {
  const { t, word } = useWording();
  const years = /^D(\d{1,3})$/.exec(code ?? '');
  return <>{word('retention', code, years ? t('retention.years', { n: Number(years[1]) }) : (code ?? ''))}</>;
}

/** A place without content: what it is for, and the first act. */
export function Empty({
  title,
  children,
  acts,
}: {
  title: string;
  children?: ReactNode;
  acts?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {acts && <div className="row">{acts}</div>}
    </div>
  );
}

/** The layout to come, in grey; after one second a sentence says what is going on. */
export function Loading({ lines = 6 }: { lines?: number }): ReactNode {
  const { t } = useWording();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" style={{ padding: 16 }}>
      <p className={late ? 'soft small' : 'visually-hidden'}>{t('loading')}</p>
      {Array.from({ length: lines }, (_, n) => (
        <span key={`ghost-${n.toString()}`} className="ghost" />
      ))}
    </div>
  );
}

/** Text with the found parts marked. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }): ReactNode {
  return highlightParts(text, ranges).map((part) =>
    part.hit ? <mark key={part.start}>{part.text}</mark> : <span key={part.start}>{part.text}</span>,
  );
}

/** An instant as "today 14:05"; the full date in the title. */
export function When({ at }: { at: string | null | undefined }): ReactNode {
  const { t } = useWording();
  if (!at) return null;
  const { near, day, time } = whenOf(at, new Date());
  return (
    <time dateTime={at} title={`${day} ${time}`}>
      {near ? `${t(`when.${near}`)} ${time}` : day}
    </time>
  );
}

/** One labelled control. `children` gets the id the label points at. */
export function Field(props: {
  label: string;
  needed?: boolean;
  hint?: ReactNode;
  wrong?: string | undefined;
  wide?: boolean;
  children: (id: string) => ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <div className={props.wide ? 'field wide' : 'field'}>
      <label htmlFor={id} className={props.needed ? 'is-needed' : undefined}>
        {props.label}
      </label>
      {props.children(id)}
      {props.wrong ? (
        <span className="wrong" role="alert">
          {props.wrong}
        </span>
      ) : (
        props.hint && <span className="hint">{props.hint}</span>
      )}
    </div>
  );
}

export interface Crumb {
  to?: string;
  text: ReactNode;
}
/** Where this is: the way here, the page's name, and what can be done. */
export function PageHead(props: { crumbs?: Crumb[]; title: ReactNode; actions?: ReactNode }): ReactNode {
  const { t } = useWording();
  return (
    <div className="page-head">
      <div className="grow" style={{ flexBasis: 260 }}>
        {props.crumbs && (
          <nav aria-label={t('crumbs')}>
            <ol className="crumbs">
              {props.crumbs.map((crumb, n) => (
                <li key={`${crumb.to ?? 'here'}-${n.toString()}`} className="clip">
                  {crumb.to ? <Link to={crumb.to}>{crumb.text}</Link> : crumb.text}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1>{props.title}</h1>
      </div>
      {props.actions && <div className="actions no-print">{props.actions}</div>}
    </div>
  );
}

/** A link that looks like a button: opens in a new tab like any link, and stays in the console otherwise. */
export function LinkButton({
  to,
  ...props
}: { to: string } & Omit<ButtonProps, 'href' | 'onClick'>): ReactNode {
  const href = useHref(to);
  const navigate = useNavigate();
  const follow = (event: MouseEvent<HTMLElement>): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <Button {...props} href={href} onClick={follow} />;
}

/** A page in small; one that can not be drawn (plain text) shows a blank sheet. */
export function Thumbnail({ page }: { page: Page }): ReactNode {
  if (!page.thumbnail) return <span className="blank" />;
  return <img src={page.thumbnail} alt="" loading="lazy" />;
}
