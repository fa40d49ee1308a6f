import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useWording } from '../../wording.tsx';
import { unitName } from './keeping-queries.ts';
import { objectLink } from './queries.ts';

interface Thing {
  objectId: string | null;
  unitId: string | null;
}

/** What a package is called: its record's title, for those who may know it. */
export function useThingName({ objectId, unitId }: Thing): string {
  const { t } = useWording();
  const unit = useQuery({ ...unitName(unitId ?? ''), enabled: unitId !== null });
  if (unit.data) return unit.data.referenceCode ?? unit.data.title;
  const kind = /^urn:lantai:(certificates|segment|disposal):/.exec(objectId ?? '')?.[1];
  if (kind === 'certificates' || kind === 'segment' || kind === 'disposal') return t(`object.kind.${kind}`);
  return t('keeping.alarm.someObject');
}

/** A link to how it is held. */
export function ThingLink(thing: Thing & { objectId: string }): ReactNode {
  const name = useThingName(thing);
  const unit = useQuery({ ...unitName(thing.unitId ?? ''), enabled: thing.unitId !== null });
  return (
    <>
      <Link to={objectLink(thing.objectId)}>{name}</Link>
      {unit.data && <span className="small soft clip block">{unit.data.title}</span>}
    </>
  );
}
