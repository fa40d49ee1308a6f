import { type ReactNode, useRef } from 'react';

/** How the writing of a cell ends. */
export type Leaving = 'escape' | 'down' | 'up' | 'right' | 'left' | 'blur';

/**
 * The cell one stands at. It takes the keyboard before anything is written, unseen, so that the first key of a Chinese input
 * method is caught; what is typed makes it the cell's editor, with what is wrong so far.
 */
export function CellInput(props: {
  label: string;
  /** Undefined: nothing is written yet. */
  text: string | undefined;
  options?: readonly { value: string; label: string }[] | undefined;
  wrong: string | undefined;
  onText: (text: string) => void;
  onLeave: (how: Leaving) => void;
}): ReactNode {
  const { text, options, wrong } = props;
  const input = useRef<HTMLInputElement>(null);
  const resting = text === undefined;
  return (
    <>
      <input
        ref={input}
        className={resting ? 'cell-catch' : 'cell-catch cell-input'}
        aria-label={props.label}
        aria-invalid={wrong ? true : undefined}
        autoComplete="off"
        spellCheck={false}
        list={options && !resting ? 'grid-options' : undefined}
        value={text ?? ''}
        onChange={(event) => props.onText(event.target.value)}
        onBlur={() => !resting && props.onLeave('blur')}
        onKeyDown={(event) => {
          if (resting) return;
          event.stopPropagation();
          // Enter that ends the writing of a Chinese word is not the end of the cell.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') props.onLeave('escape');
          else if (event.key === 'Enter') props.onLeave(event.shiftKey ? 'up' : 'down');
          else if (event.key === 'Tab') props.onLeave(event.shiftKey ? 'left' : 'right');
          else return;
          event.preventDefault();
        }}
      />
      {options && !resting && (
        <datalist id="grid-options">
          {options.map((option) => (
            <option key={option.value} value={option.value} label={option.label} />
          ))}
        </datalist>
      )}
      {wrong && (
        <span className="cell-wrong" role="alert">
          {wrong}
        </span>
      )}
    </>
  );
}
