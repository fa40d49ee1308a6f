import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import type { Suggestion } from '../../api/shapes.ts';
import { useWording } from '../../wording.tsx';
import type { Desk } from './use-desk.ts';
import '../../styles/desk.css';

/** As many are shown where nobody types; all where somebody does. */
const ASIDE = 1;

/**
 * A control with what may be meant below it. Nothing is written by itself: Alt+Enter takes the marked one, Alt and an arrow marks
 * another, Esc puts them away. They stand beside the order of Tab, so that one gets on as without them.
 */
export function WithSuggestions(props: {
  field: string;
  label: string;
  desk: Desk;
  onTake: (value: string) => void;
  children: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const { field, desk } = props;
  const [focused, setFocused] = useState(false);
  const [at, setAt] = useState(0);
  const hintId = useId();
  const all = desk.of(field);
  const shown = focused ? all : all.slice(0, ASIDE);
  const takeable = shown.filter((s) => s.value !== null);
  const marked = takeable[Math.min(at, takeable.length - 1)];
  const take = (s: Suggestion): void => {
    if (s.value === null) return;
    props.onTake(s.value);
    setAt(0);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (shown.length === 0 || event.nativeEvent.isComposing) return;
    if (event.altKey && event.key === 'Enter' && marked) take(marked);
    else if (event.altKey && event.key === 'ArrowDown' && takeable.length > 1)
      setAt((at + 1) % takeable.length);
    else if (event.altKey && event.key === 'ArrowUp' && takeable.length > 1)
      setAt((at + takeable.length - 1) % takeable.length);
    else if (event.key === 'Escape') desk.drop(field);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the control within come by here; it has its own role
    <div
      className="desk-control"
      onKeyDownCapture={onKey}
      onFocus={() => {
        setFocused(true);
        desk.typing(field);
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setFocused(false);
        setAt(0);
        desk.typing(null);
      }}
    >
      {props.children}
      {shown.length > 0 && (
        <ul className="desk-list" aria-label={t('deskHelp.list', { field: props.label })}>
          {shown.map((s) => (
            <li
              key={`${s.kind}|${s.value ?? s.why}`}
              className={s === marked && focused ? 'is-marked' : undefined}
            >
              {s.value === null ? (
                <span className="desk-odd">{s.why}</span>
              ) : (
                <>
                  <button
                    type="button"
                    tabIndex={-1}
                    className="desk-take"
                    aria-label={t('deskHelp.takeThis', { value: s.value })}
                    aria-keyshortcuts="Alt+Enter"
                    // The control keeps the focus, so that one types on where one was.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => take(s)}
                  >
                    {s.value}
                  </button>{' '}
                  <span className={s.kind === 'flags' ? 'desk-odd' : 'desk-why'}>
                    {s.why}
                    {s.adapted && ` · ${t('deskHelp.adapted')}`}
                  </span>
                </>
              )}
              {s.authority && (
                <Link
                  to={`/authorities/${s.authority.id}`}
                  target="_blank"
                  tabIndex={-1}
                  className="desk-why"
                  aria-label={t('deskHelp.seeAuthority', { name: s.authority.name })}
                >
                  ↗
                </Link>
              )}
            </li>
          ))}
          {focused && marked && (
            <li className="desk-keys" id={hintId}>
              {t('deskHelp.keyHint')}
            </li>
          )}
        </ul>
      )}
      <span className="visually-hidden" role="status">
        {focused && marked ? t('deskHelp.offered', { n: takeable.length, value: marked.value ?? '' }) : ''}
      </span>
    </div>
  );
}
