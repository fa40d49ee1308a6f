import type { ReactNode } from 'react';
import { type MessageKey, useWording } from '../../wording.tsx';
import '../../styles/imports.css';

const STEPS: readonly MessageKey[] = [
  'imports.step.file',
  'imports.step.columns',
  'imports.step.check',
  'imports.step.run',
  'imports.step.result',
];

/** Where in the five steps this import stands. */
export function WizardSteps({ at }: { at: number }): ReactNode {
  const { t } = useWording();
  return (
    <ol className="wizard-steps">
      {STEPS.map((step, n) => (
        <li
          key={step}
          aria-current={n === at ? 'step' : undefined}
          className={n < at ? 'past' : n === at ? 'now' : ''}
        >
          <span>{n < at ? '✓' : n + 1}</span> {t(step)}
        </li>
      ))}
    </ol>
  );
}
