import { Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';

/** Words to search by; what is typed is asked a moment later. */
export function SearchBox(props: {
  label: string;
  value: string | undefined;
  onChange: (q: string | undefined) => void;
}): ReactNode {
  const { value, onChange } = props;
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== (value ?? '')) onChange(typed.trim() || undefined);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <Input.Search
      aria-label={props.label}
      placeholder={props.label}
      allowClear
      maxLength={200}
      value={typed}
      onChange={(e) => setTyped(e.target.value)}
      style={{ width: 300 }}
    />
  );
}
