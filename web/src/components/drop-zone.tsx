import { type ReactNode, useId, useState } from 'react';
import { type FolderFile, filesOfDrop } from '../lib/upload.ts';
import { useWording } from '../wording.tsx';

/** A place to drop files, or to choose them by keyboard. */
export function DropZone(props: {
  title: string;
  hint: string;
  accept?: string;
  folder?: boolean;
  /** Several files at once. */
  many?: boolean;
  disabled?: boolean;
  /** Beside the button: another way to choose. */
  also?: ReactNode;
  onFiles: (files: FolderFile[]) => void;
}): ReactNode {
  const { t } = useWording();
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside works by keyboard
    <div
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!props.disabled) void filesOfDrop(event.dataTransfer).then(props.onFiles);
      }}
    >
      <p className="serif" style={{ fontSize: 16 }}>
        {props.title}
      </p>
      <p className="soft small">{props.hint}</p>
      <div className="row">
        <label htmlFor={id} className="drop-choose">
          {t(props.folder ? 'drop.chooseFolder' : 'drop.chooseFile')}
        </label>
        <input
          id={id}
          type="file"
          className="visually-hidden"
          accept={props.accept}
          disabled={props.disabled}
          multiple={props.folder ?? props.many ?? false}
          {...(props.folder ? { webkitdirectory: '' } : {})}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])].map((file) => ({
              file,
              path: file.webkitRelativePath || file.name,
            }));
            if (files.length > 0) props.onFiles(files);
            event.target.value = '';
          }}
        />
        {props.also}
      </div>
    </div>
  );
}

/** The same by keyboard for a whole folder: a browser's chooser takes either files or a folder. */
export function FolderChoice({ onFiles }: { onFiles: (files: FolderFile[]) => void }): ReactNode {
  const { t } = useWording();
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="drop-choose second">
        {t('examination.dropFolder')}
      </label>
      <input
        id={id}
        type="file"
        className="visually-hidden"
        multiple
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          onFiles(files.map((file) => ({ file, path: file.webkitRelativePath || file.name })));
          event.target.value = '';
        }}
      />
    </>
  );
}
