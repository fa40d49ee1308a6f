import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Popover, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { TableView } from '../../api/shapes.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { readColumns, type ShownColumn } from './columns.tsx';
import { tableViews } from './queries.ts';

/** What a view keeps of the address, and the columns. */
export interface ViewState {
  address: Record<string, string>;
  columns: ShownColumn[];
}

export function readView(state: TableView['state']): ViewState {
  const address: Record<string, string> = {};
  if (typeof state.address === 'object' && state.address !== null)
    for (const [key, value] of Object.entries(state.address))
      if (typeof value === 'string') address[key] = value;
  return { address, columns: Array.isArray(state.columns) ? readColumns(state.columns) : [] };
}

/** Views by name: chosen, kept, shared, taken away. */
export function Views(props: {
  archiveId: string;
  now: ViewState;
  onView: (view: ViewState) => void;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { archiveId } = props;
  const views = useQuery(tableViews(archiveId));
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [open, setOpen] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['table-views', archiveId] });
  const state = { address: props.now.address, columns: props.now.columns };
  const mine = views.data?.items.find((v) => v.mine && v.name === name.trim());
  const keep = useMutation({
    mutationFn: () => {
      const given = { name: name.trim(), shared, state };
      if (mine)
        return body(
          api.PUT('/table-views/{id}', {
            params: { path: { id: mine.id } },
            body: { ...given, version: mine.version },
          }),
        );
      return body(
        api.POST('/archives/{archiveId}/table-views', { params: { path: { archiveId } }, body: given }),
      );
    },
    onSuccess: async () => {
      await refresh();
      message.success(t('views.kept', { name: name.trim() }));
      setOpen(false);
    },
  });
  const remove = useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/table-views/{id}', { params: { path: { id } } });
    },
    onSuccess: () => refresh(),
  });
  const items = views.data?.items ?? [];
  return (
    <>
      {items.length > 0 && (
        <Select
          size="small"
          value={null}
          placeholder={t('views.choose')}
          aria-label={t('views.choose')}
          popupMatchSelectWidth={false}
          options={items.map((v) => ({
            value: v.id,
            label: v.mine ? v.name : t('views.of', { name: v.name, owner: v.owner }),
          }))}
          onChange={(id: string | null) => {
            const view = items.find((v) => v.id === id);
            if (!view) return;
            setName(view.mine ? view.name : '');
            setShared(view.shared);
            props.onView(readView(view.state));
          }}
        />
      )}
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        content={
          <form
            className="stack"
            style={{ width: 260, gap: 6 }}
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim()) keep.mutate();
            }}
          >
            <Input
              size="small"
              maxLength={100}
              aria-label={t('views.name')}
              placeholder={t('views.name')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            {can('holdings.write', archiveId) && (
              <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
                {t('views.shared')}
              </Checkbox>
            )}
            {keep.error && <Trouble error={keep.error} />}
            <span className="row">
              <Button
                size="small"
                type="primary"
                htmlType="submit"
                disabled={!name.trim()}
                loading={keep.isPending}
              >
                {t(mine ? 'views.replace' : 'views.keep')}
              </Button>
              {mine && (
                <Button size="small" onClick={() => remove.mutate(mine.id)} loading={remove.isPending}>
                  {t('views.remove')}
                </Button>
              )}
            </span>
          </form>
        }
      >
        <Button size="small" type="text">
          {t('views.save')}
        </Button>
      </Popover>
    </>
  );
}
