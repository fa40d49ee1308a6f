import { App } from 'antd';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError, api, body } from '../api/client.ts';
import { sentenceOf } from '../components/trouble.tsx';
import { looksLikeReferenceCode } from '../lib/url-state.ts';
import { useWording } from '../wording.tsx';
import { type Completion, useCompletions } from './completions.tsx';
import { useArchive } from './place.ts';

/** Search from anywhere. A pasted reference code goes to its record at once; anything else is looked for everywhere. */
export function SearchBox(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const archive = useArchive();
  const [params] = useSearchParams();
  const asked = params.get('q') ?? '';
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const list = useId();
  const offered = useCompletions(text, open);
  const shown = open && offered.length > 0;
  const here = shown ? offered[marked] : undefined;

  const take = (one: Completion): void => {
    setOpen(false);
    setMarked(-1);
    setText(one.text);
    navigate(one.unitId ? `/units/${one.unitId}` : `/search?q=${encodeURIComponent(one.text)}`);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      if (shown) setOpen(false);
      else event.currentTarget.blur();
    } else if (shown && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = offered.length + 1;
      setMarked(((marked + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter' && here) {
      event.preventDefault();
      take(here);
    }
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setOpen(false);
    const q = text.trim();
    if (archive && looksLikeReferenceCode(q)) {
      try {
        const query = { code: q, archive: archive.id };
        const { id } = await body(api.GET('/units/by-code', { params: { query } }));
        navigate(`/units/${id}`);
        return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) {
          message.error(sentenceOf(error, wording));
          return;
        }
      }
    }
    navigate(q ? `/search?q=${encodeURIComponent(q)}` : '/search');
  };
  return (
    <search className="search-box">
      <form onSubmit={(event) => void submit(event)}>
        <label className="visually-hidden" htmlFor="search-everywhere">
          {t('search.label')}
        </label>
        <input
          id="search-everywhere"
          type="search"
          value={text}
          placeholder={t('search.placeholder')}
          autoComplete="off"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={list}
          aria-activedescendant={here ? `${list}${marked}` : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(-1);
            setOpen(true);
          }}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
        {shown && (
          <div className="completions" role="listbox" id={list} aria-label={t('search.completions')}>
            {offered.map((one, n) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the box's, which keeps the focus
              <div
                key={`${one.kind}${one.text}`}
                id={`${list}${n}`}
                role="option"
                tabIndex={-1}
                aria-selected={n === marked}
                // The box would lose the focus, and the list with it.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(one)}
              >
                <span className="clip">{one.text}</span>
                {one.kind === 'title' && <span className="small soft">{t('search.oneRecord')}</span>}
              </div>
            ))}
          </div>
        )}
        {!text && <kbd className="hint">/</kbd>}
      </form>
    </search>
  );
}
