import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { Field, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type Copy, standing } from './copies.ts';
import { useStoreName } from './copies-table.tsx';
import { type HeldObject, type PackageEntry, packageFolder, packageText } from './queries.ts';

interface Chosen {
  path: string;
  entry: PackageEntry;
}

/** The package as it lies on disk: folders open when asked, and each file says what it is for. */
export function PackageTree({ object, copies }: { object: HeldObject; copies: readonly Copy[] }): ReactNode {
  const { t } = useWording();
  const nameOf = useStoreName();
  const [chosen, setChosen] = useState<Chosen>();
  const [store, setStore] = useState<string>();
  const others = standing(copies).filter((copy) => copy.isMain || copy.condition !== 'wanted');
  return (
    <>
      <p className="soft">{t('package.lead')}</p>
      <p className="small soft">
        {t('object.place')} <span className="code package-path">{object.path}</span>
      </p>
      {others.length > 1 && (
        <Field label={t('package.of')}>
          {(id) => (
            <Select
              id={id}
              className="package-store"
              value={store ?? ''}
              onChange={(value: string) => {
                setStore(value || undefined);
                setChosen(undefined);
              }}
              options={others.map((copy) => ({
                value: copy.isMain ? '' : copy.storeId,
                label: nameOf({ name: copy.storeName, isMain: copy.isMain }),
              }))}
            />
          )}
        </Field>
      )}
      <div className="package">
        <div
          role="tree"
          tabIndex={-1}
          aria-label={t('package.tree')}
          className="package-tree"
          onKeyDown={walk}
        >
          <Folder
            key={store}
            objectId={object.objectId}
            store={store}
            path=""
            level={1}
            chosen={chosen?.path}
            onChoose={setChosen}
          />
        </div>
        <div className="package-shown" aria-live="polite">
          {chosen ? (
            <Shown key={chosen.path} object={object} {...chosen} />
          ) : (
            <p className="soft">{t('package.choose')}</p>
          )}
        </div>
      </div>
    </>
  );
}

interface FolderProps {
  objectId: string;
  store: string | undefined;
  path: string;
  level: number;
  chosen: string | undefined;
  onChoose: (chosen: Chosen) => void;
}

function Folder({ objectId, store, path, level, chosen, onChoose }: FolderProps): ReactNode {
  const { t } = useWording();
  const folder = useInfiniteQuery(packageFolder(objectId, path, store));
  if (folder.error) return <Trouble error={folder.error} retry={() => void folder.refetch()} />;
  if (!folder.data) return <Loading lines={2} />;
  const items = folder.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="small soft">{t('package.empty')}</p>;
  return (
    <>
      {items.map((entry, n) => (
        <Entry
          key={entry.name}
          {...{ objectId, store, level, chosen, onChoose, entry }}
          path={path === '' ? entry.name : `${path}/${entry.name}`}
          first={level === 1 && n === 0}
        />
      ))}
      {folder.hasNextPage && (
        <Button size="small" type="link" onClick={() => void folder.fetchNextPage()}>
          {t('package.more')}
        </Button>
      )}
    </>
  );
}

function Entry(props: FolderProps & { entry: PackageEntry; first: boolean }): ReactNode {
  const { t } = useWording();
  const { entry, path, level, chosen, onChoose } = props;
  // What a person comes for lies in the newest version; the root shows it at once.
  const [open, setOpen] = useState(false);
  const isFolder = entry.kind === 'folder';
  const act = (): void => {
    if (isFolder) setOpen(!open);
    onChoose({ path, entry });
  };
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={isFolder ? open : undefined}
      aria-selected={chosen === path}
      tabIndex={chosen === path || (chosen === undefined && props.first) ? 0 : -1}
      data-folder={isFolder ? (open ? 'open' : 'closed') : undefined}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        const wanted = event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : undefined;
        if (event.key === 'Enter' || event.key === ' ') act();
        else if (isFolder && wanted !== undefined && wanted !== open) act();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the treeitem around it takes the keys */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div className="package-entry" onClick={act}>
        <span className="package-sign" aria-hidden="true">
          {isFolder ? (open ? '▾' : '▸') : ''}
        </span>
        <span className="package-name">{entry.name}</span>
        {entry.heldAs && <span className="small soft clip">{entry.heldAs}</span>}
        {entry.kind === 'other' && <span className="small status is-wrong">{t('package.kind.other')}</span>}
        <span className="small soft package-size">{entry.bytes === null ? '' : bytes(entry.bytes)}</span>
      </div>
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: the group of a tree
        <div role="group" className="package-below">
          <Folder {...props} level={level + 1} path={path} />
        </div>
      )}
    </div>
  );
}

/** Up and down go through what is shown. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const at = items.findIndex((item) => item.matches(':focus'));
  items[at + step]?.focus();
  event.preventDefault();
}

function Shown({ object, path, entry }: { object: HeldObject } & Chosen): ReactNode {
  const { t } = useWording();
  return (
    <section aria-label={path}>
      <h3 className="package-path code">{path}</h3>
      <p>{t(`package.part.${entry.part}`)}</p>
      {entry.readable && <Text object={object} path={path} />}
      {entry.kind === 'file' && !entry.readable && (
        <p className="soft">{entry.part === 'held' ? t('package.held') : t('package.binary')}</p>
      )}
    </section>
  );
}

function Text({ object, path }: { object: HeldObject; path: string }): ReactNode {
  const { t } = useWording();
  const text = useQuery(packageText(object.objectId, object.kind === 'unit' ? unitOf(object) : null, path));
  if (text.error instanceof ApiError && (text.error.status === 404 || text.error.status === 403))
    return <p className="soft">{t('package.hidden')}</p>;
  if (text.error) return <Trouble error={text.error} />;
  if (!text.data) return <Loading lines={3} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys */}
      <pre className="package-text" tabIndex={0}>
        {shaped(path, text.data.text, text.data.cut)}
      </pre>
      {text.data.cut && <p className="small soft">{t('package.cut', { size: bytes(text.data.bytes) })}</p>}
    </>
  );
}

const unitOf = (object: HeldObject): string => object.unit?.id ?? object.objectId.replace(/^urn:uuid:/, '');

/** JSON is kept on one line to save room; people read it indented. What is on disk is unchanged. */
function shaped(path: string, text: string, cut: boolean): string {
  if (!path.endsWith('.json') || cut) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
