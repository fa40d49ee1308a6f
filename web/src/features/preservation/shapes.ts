import type { Copy } from './copies.ts';

/** A copy as lists have it: whose it is, too. */
export interface CopyRow extends Copy {
  objectId: string;
  kind: 'unit' | 'certificates' | 'segment' | 'disposal';
  unitId: string | null;
  archiveId: string | null;
  bytes: number;
}

export interface Store {
  id: string;
  name: string;
  isMain: boolean;
  kind: 'folder' | 's3';
  address: string | null;
  state: 'active' | 'draining' | 'lost' | 'removed';
  reach: 'unknown' | 'reachable' | 'slow' | 'unreachable' | 'foreign';
  trouble: string | null;
  seenAt: string | null;
  unreachableSince: string | null;
  planned: boolean;
  freeBytes: number | null;
  totalBytes: number | null;
  megabytesPerSecond: number | null;
  addedAt: string;
  addedBy: string;
  endedAt: string | null;
  endedBy: string | null;
  endedReason: string | null;
  version: number;
  copies: Record<Copy['condition'], number>;
  bytes: number;
  fixity: {
    oldestCheck: string | null;
    lastCheck: string | null;
    nextCheck: string | null;
    neverChecked: number;
    late: number;
    bytesPerSecond: number | null;
  };
}

export interface Overview {
  objects: number;
  files: number;
  bytes: number;
  copiesWanted: number;
  stores: number;
  cycleDays: number;
  atRisk: {
    heldTooFew: number;
    heldTooFewIsExact: boolean;
    damaged: number;
    missing: number;
    behind: number;
    wanted: number;
    neverVerified: number;
    late: number;
    countedUpTo: number;
    storesAway: number;
  };
  alarmsOpen: number;
}

export interface Alarm {
  id: string;
  code: string;
  storeId: string;
  storeName: string;
  objectId: string | null;
  unitId: string | null;
  archiveId: string | null;
  detail: Record<string, unknown>;
  state: 'open' | 'acknowledged' | 'solved';
  raisedAt: string;
  lastAt: string;
  times: number;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  solvedAt: string | null;
  solvedBy: string | null;
  note: string | null;
}

export interface GrowthMonth {
  month: string;
  objects: number;
  bytes: number;
  totalObjects: number;
  totalBytes: number;
}

/** How late the catalogue's own keeping in the storage root is. */
export interface SegmentsState {
  waitingRows: number;
  oldestWaiting: string | null;
  delaySeconds: number;
}

/** Something wrong with the backups: `backup.health.<code>` says it in words. */
export interface BackupFinding {
  code: string;
  severity: 'error' | 'warning';
}
