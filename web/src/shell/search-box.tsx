import { App } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError, api, body } from '../api/client.ts';
import { sentenceOf } from '../components/trouble.tsx';
import { looksLikeReferenceCode } from '../lib/url-state.ts';
import { useWording } from '../wording.tsx';
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

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
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
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        {!text && <kbd className="hint">/</kbd>}
      </form>
    </search>
  );
}
