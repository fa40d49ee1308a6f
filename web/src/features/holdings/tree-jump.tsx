import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

interface Way {
  fondsId: string;
  steps: readonly { id: string }[];
}

/** Goes to the nth below a place, to a code, or to where a title begins. */
export function JumpField(props: {
  place: string;
  onFound: (way: Way) => void;
  onNumber: (place: string, index: number) => void;
}): ReactNode {
  const { t } = useWording();
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const [trouble, setTrouble] = useState<unknown>();
  const jump = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === '') return;
    if (/^\d{1,8}$/.test(wanted)) {
      props.onNumber(props.place, Math.max(0, Number(wanted) - 1));
      return;
    }
    const ask = (query: { code?: string; title?: string; from?: number }) =>
      body(api.GET('/tree/{id}/jump', { params: { path: { id: props.place }, query } }));
    setSaid('');
    // What looks like a code is one; else a title, looked for stretch by stretch.
    let found = /^[A-Za-z0-9]+[-·.]/.test(wanted)
      ? await ask({ code: wanted })
      : await ask({ title: wanted });
    while (!found.found && found.next !== null) {
      setSaid(t('tree.jumping', { n: found.next }));
      found = await ask({ title: wanted, from: found.next });
    }
    setSaid(found.found ? '' : t('tree.jumpNone'));
    if (found.found) props.onFound(found.found);
  };
  return (
    <div className="tree-jump">
      <Input
        size="small"
        allowClear
        value={text}
        placeholder={t('tree.jump')}
        aria-label={t('tree.jump')}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => {
          setTrouble(undefined);
          jump().catch((error: unknown) => {
            setSaid('');
            setTrouble(error);
          });
        }}
      />
      {trouble !== undefined && <Trouble error={trouble} />}
      {said !== '' && (
        <p className="small soft" role="status">
          {said}
        </p>
      )}
    </div>
  );
}
