import type { DragEvent, ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import type { TreeNode } from './tree-data.ts';
import type { Drop } from './tree-drop.ts';
import type { Line } from './tree-rows.ts';

/** One line of the tree. */
export function TreeRow(props: {
  id: string;
  height: number;
  line: Line;
  node: TreeNode | undefined;
  open: boolean;
  current: boolean;
  active: boolean;
  chosen: boolean;
  cut: boolean;
  drop: Drop | undefined;
  movable: boolean;
  onFold: () => void;
  onPick: (how: 'one' | 'more' | 'row') => void;
  onDragStart: () => void;
  /** @returns whether it may be dropped here */
  onDragOver: (share: number) => boolean;
  onDragEnd: () => void;
  onDrop: () => void;
}): ReactNode {
  const { t } = useWording();
  const { node, line, drop, open } = props;
  const style = { height: props.height, paddingInlineStart: 4 + line.depth * 14 };
  if (!node)
    return (
      <div className="tree-line" style={style} aria-hidden="true">
        <span className="tree-fold" />
        <span className="soft">…</span>
      </div>
    );
  const over = (event: DragEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    if (props.onDragOver((event.clientY - box.top) / box.height)) event.preventDefault();
  };
  const classes = ['tree-line'];
  if (props.current) classes.push('current');
  if (props.active) classes.push('active');
  if (props.chosen) classes.push('chosen');
  if (props.cut) classes.push('cut');
  if (drop) classes.push(drop.why ? 'drop-not' : `drop-${drop.where}`);
  const folds = node.count > 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    <div
      id={props.id}
      role="treeitem"
      tabIndex={-1}
      aria-level={line.depth + 1}
      aria-posinset={line.index + 1}
      aria-setsize={-1}
      aria-expanded={folds ? open : undefined}
      aria-selected={props.chosen}
      aria-current={props.current ? 'true' : undefined}
      className={classes.join(' ')}
      style={style}
      title={`${node.code} ${node.title}`.trim()}
      draggable={props.movable}
      onClick={(event) =>
        props.onPick(event.shiftKey ? 'row' : event.ctrlKey || event.metaKey ? 'more' : 'one')
      }
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', node.code || node.title);
        props.onDragStart();
      }}
      onDragOver={over}
      onDragEnd={props.onDragEnd}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
    >
      <span
        className="tree-fold"
        aria-hidden="true"
        style={{ visibility: folds ? 'visible' : 'hidden' }}
        onClick={(event) => {
          event.stopPropagation();
          props.onFold();
        }}
      >
        {open ? '▾' : '▸'}
      </span>
      <span className="tree-name">
        {node.code !== '' && <span className="code">{node.code}</span>}{' '}
        {node.title !== node.code && node.title}
      </span>
      {node.closed && <span className="small soft">{t('tree.closed')}</span>}
      {folds && <span className="small soft tree-count">{node.count.toLocaleString('en-US')}</span>}
      {drop && (
        <span className="tree-drop small" role="status">
          {drop.why ? t(`tree.drop.${drop.why}`) : t(`tree.drop.${drop.where}`, { place: node.title })}
        </span>
      )}
    </div>
  );
}
