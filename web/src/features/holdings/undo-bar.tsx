import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useWording } from '../../wording.tsx';
import type { Undo } from './use-undo.ts';

/** What was done last at this table, with the way back. */
export function UndoBar({ undo }: { undo: Undo }): ReactNode {
  const { t } = useWording();
  const { last, taken } = undo;
  if (!last && !taken) return null;
  return (
    <div className="edit-bar no-print">
      <span role="status" className="clip">
        {taken ? t('grid.takenBack', { what: taken.done.words }) : last?.words}
      </span>
      {taken && <Link to={`/changes/${taken.id}`}>{t('grid.undone')}</Link>}
      {last && (
        <Button size="small" onClick={undo.undo} loading={undo.busy} title="Ctrl+Z">
          {t('grid.undo')}
        </Button>
      )}
      {taken && (
        <Button size="small" onClick={undo.redo} loading={undo.busy} title="Ctrl+Y">
          {t('grid.redo')}
        </Button>
      )}
      <Link className="push small" to="/changes">
        {t('changes.title')}
      </Link>
    </div>
  );
}
