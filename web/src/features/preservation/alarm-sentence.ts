import { useWording } from '../../wording.tsx';
import { useStoreName } from './copies-table.tsx';
import type { Alarm } from './shapes.ts';
import { useThingName } from './thing-name.tsx';

/** An alarm in words: what, of which record, in which store. */
export function useAlarmSentence(alarm: Alarm): string {
  const { t, word } = useWording();
  const nameOf = useStoreName();
  const object = useThingName(alarm);
  const store = nameOf({ name: alarm.storeName, isMain: alarm.storeName === 'main' });
  const sentence = word('alarm', alarm.code, '') || t('keeping.alarm.other', { code: alarm.code, store });
  return sentence.replace('{object}', object).replace('{store}', store);
}
