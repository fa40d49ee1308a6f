import type { preservation as source } from '../zh-CN/preservation.ts';

export const preservation: Readonly<Record<keyof typeof source, string>> = {
  'alarm.damaged': 'The copy of {object} in {store} is damaged',
  'alarm.missing': 'The copy of {object} in {store} is missing',
  'alarm.undecided':
    'The copies of {object} contradict each other: somebody has to decide (found in {store})',
  'alarm.ahead': 'The copy of {object} in {store} is newer than the catalogue knows: somebody has to decide',
  'alarm.manyFailing': 'Many copies in {store} are damaged or missing',
  'alarm.unreachable': '{store} can not be reached',
  'alarm.slow': '{store} answers very slowly',
  'alarm.foreign': 'Something else lies in the place of {store}',
  'alarm.natures': 'The four-nature check of what is held found faults',
  'alarm.naturesReport': 'See the report',
  'keeping.natures': 'Four-nature checks of what is held',
  'keeping.naturesNone': 'None yet.',
  'alarm.cameBackOld': '{store} came back in an earlier state',
  'alarm.full': '{store} is full',
  'alarm.notKeeping': '{store} did not keep what was written to it',
  'alarm.state.open': 'Open',
  'alarm.state.acknowledged': 'Noted',
  'alarm.state.solved': 'Solved',
  'error.store.notFound': 'There is no such store.',
  'error.store.duplicate': 'There is a store with this name already.',
  'error.store.away': 'The store {name} is away. It goes on by itself when the store is back.',
  'error.store.taken': 'This place is used by another store, or lies within one.',
  'error.store.badAddress':
    'Give a folder from the root on (such as /mnt/disk2/lantai), or s3://bucket/prefix with its keys.',
  'error.store.main': 'The main store can not be taken out, drained or lost; mend it from a copy.',
  'error.store.wrongState': 'This store is not in use any more.',
  'error.store.changed': 'Somebody else changed this store meanwhile.',
  'error.store.heldTooFew':
    'Without this store some objects would have fewer than the {wanted} copies wanted. Wait until the other stores have them all, or say that this one is lost.',
  'error.alarm.notFound': 'There is no such alarm.',
  'error.alarm.wrongState': 'Somebody has seen to this alarm already.',
  'error.archive.notFound': 'There is no such archive, or its holdings are outside your permissions.',
};
