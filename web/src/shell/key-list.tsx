import type { ReactNode } from 'react';
import { type MessageKey, useWording } from '../wording.tsx';

const KEYS: readonly [string[], MessageKey][] = [
  [['/'], 'keys.search'],
  [['?'], 'keys.help'],
  [['G'], 'keys.work'],
  [['↑', '↓'], 'keys.rows'],
  [['Enter'], 'keys.open'],
  [['Space'], 'keys.choose'],
  [['F2'], 'keys.begin'],
  [['F2', 'Enter'], 'keys.write'],
  [['Tab'], 'keys.nextCell'],
  [['Shift', '↑↓←→'], 'keys.range'],
  [['Ctrl', 'C / V'], 'keys.sheet'],
  [['Ctrl', 'D'], 'keys.fillDown'],
  [['Delete'], 'keys.empty'],
  [['Ctrl', 'A'], 'keys.all'],
  [['Ctrl', 'Z / Y'], 'keys.undo'],
  [['Ctrl', 'H'], 'keys.replace'],
  [['Esc'], 'keys.close'],
  [['Alt+Enter'], 'keys.takeSuggestion'],
  [['Alt+↓', 'Alt+↑'], 'keys.nextSuggestion'],
  [['Esc'], 'keys.dropSuggestion'],
  [['J', 'K'], 'keys.hits'],
  [['←', '→'], 'keys.pages'],
  [['+', '−', '0'], 'keys.zoom'],
  [['R'], 'keys.rotate'],
  [['T'], 'keys.text'],
];

export function KeyList(): ReactNode {
  const { t } = useWording();
  return (
    <dl className="facts">
      {KEYS.map(([keys, meaning]) => (
        <div key={meaning} style={{ display: 'contents' }}>
          <dt>
            {keys.map((key) => (
              <kbd key={key} style={{ marginRight: 4 }}>
                {key}
              </kbd>
            ))}
          </dt>
          <dd>{t(meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}
