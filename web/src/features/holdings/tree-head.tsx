import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';

/** Above the tree: finding a fonds, jumping, what is cut, and what may be done to several chosen entries. */
export function TreeHead(props: {
  q: string;
  onFind: (q: string) => void;
  /** How many are cut, and chosen. */
  cut: number;
  chosen: number;
  onCut: () => void;
  onRenumber: () => void;
  onSplit: () => void;
  children: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const { cut, chosen } = props;
  return (
    <div className="tree-find">
      <Input
        size="small"
        allowClear
        value={props.q}
        placeholder={t('tree.find')}
        aria-label={t('tree.find')}
        onChange={(event) => props.onFind(event.target.value.trim())}
      />
      {props.children}
      {cut > 0 && (
        <p className="small tree-cut" role="status">
          {t('tree.cutState', { n: cut })}
        </p>
      )}
      {chosen > 1 && (
        <p className="small tree-acts">
          <span>{t('tree.chosen', { n: chosen })}</span>
          <button type="button" className="plain" onClick={props.onCut}>
            {t('tree.cut')}
          </button>
          <button type="button" className="plain" onClick={props.onRenumber}>
            {t('tree.renumber')}
          </button>
          <button type="button" className="plain" onClick={props.onSplit}>
            {t('tree.split')}
          </button>
        </p>
      )}
    </div>
  );
}
