import type { KeepRule } from './keepRule.ts';
import type { PersonalCipher } from './personal-data.ts';
import type { ScannerSetting } from './scanner.ts';

/** The parts of Lantai a process can run. */
export type Role = 'web' | 'workers';

/** What the processes and modules are told; made once, at the start. All paths are absolute. */
export interface Config {
  dataDir: string;
  host: string;
  port: number;
  timezone: string;
  /** Address people see, without a slash at its end. Undefined: what the server listens on. */
  publicUrl: string | undefined;
  /** Undefined: the embedded PostgreSQL of the data folder. */
  databaseUrl: string | undefined;
  /** The application's login in that PostgreSQL. Undefined: one that Lantai makes. */
  databaseAppUrl: string | undefined;
  /** Most connections of a process as the owner, and as many again for the application. */
  databaseConnections: number;
  /** The OCFL storage root. */
  storage: StorageConfig;
  /** Digests of new content beside sha512, in the fixity block of its object. */
  contentFixity: readonly ('sha256' | 'sm3')[];
  /** Most room for local copies of held files, where the storage root has no paths. */
  contentCacheBytes: number;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  roles: ReadonlySet<Role>;
  /** How long changed descriptions wait for others before they are written among the holdings. */
  segmentDelaySeconds: number;
  ocrWorkers: number;
  trustedProxy: boolean | string[];
  /** Requests let through for each account and each address. Undefined: no limit. */
  rate: { perSecond: number; burst: number } | undefined;
  /** How personal data is closed in the database. */
  personalCipher: PersonalCipher;
  /** Own certificate and key (PEM files). Undefined: plain HTTP, or TLS is done by a proxy. */
  tlsCert: string | undefined;
  tlsKey: string | undefined;
  auditDigest: 'sha256' | 'sm3';
  /** How long a new head of the trail waits at most to be signed. */
  auditCheckpointSeconds: number;
  /** Folder of another disk or machine that keeps the signed checkpoints too. */
  auditCopy: string | undefined;
  /** Months entries of use are kept; undefined: for ever. */
  auditKeepMonths: number | undefined;
  /** Whether the archives of this install countersign its checkpoints in turn. */
  auditCountersign: 'turn' | 'off';
  /** How long deposits of agencies are kept, and an unsealing lets look. */
  deposits: { keepYears: number; unsealedDays: number };
  /** How this install introduces itself to harvesters. Undefined: by its archive, its address. */
  oai: { repository: string | undefined; email: string | undefined };
  /** Scanner uploads are looked through by. Undefined: none. */
  scanner: ScannerSetting | undefined;
  /** Months an applicant's identity is kept after a request is over; undefined: for ever. */
  applicantKeepMonths: number | undefined;
  /** Copies kept off-line. */
  media: {
    /** Where media are mounted or images are written; nothing else is written or read for them. */
    folders: readonly string[];
    rules: {
      sets: readonly string[];
      testYears: { optical: number; magnetic: number; ssd: number; other: number };
      testShare: number;
      keepYears: number;
    };
  };
  /** When content may be destroyed. */
  disposal: {
    /** Years the terms 长期 and 短期 count. */
    legacyYears: { CQ: number; DQ: number };
    beforeExpiry: 'refuse' | 'allow';
    /** What is older than this day needs the approval of the authority above. */
    approvalBefore: string;
  };
  /** Addresses of other installations that may be asked for countersignatures. */
  peers: readonly string[];
  statementAlgorithm: 'ed25519' | 'sm2';
  pdfAlgorithm: 'p256' | 'rsa';
  pronom: PronomConfig;
  signIn: SignInConfig;
  backup: BackupConfig;
  copies: CopiesConfig;
  checkCalendar: CheckCalendarConfig;
  /** What a package that comes in may ask of us. */
  packageLimits: PackageLimits;
  /** Where other systems lay down what they send, and how long an entry has to lie still there. */
  drop: { root: string; quietSeconds: number; leaseSeconds: number };
  /** Days that lines of what came in from other systems are kept. */
  intakeKeepDays: number;
  /** What people may have looked at on the page that checks files and packages. */
  check: CheckConfig;
  printing: PrintConfig;
  conversion: ConversionConfig;
  /** What is odd but no mistake, in sentences. */
  warnings: readonly string[];
}

/** Files people have printed. */
export interface PrintConfig {
  /** Days a file is kept. */
  keepDays: number;
  /** Files one person may keep at a time. */
  mostKept: number;
}

/** What people may have looked at without taking it in. */
export interface CheckConfig {
  /** Days a report is kept, with what was sent for it. */
  keepDays: number;
  /** Bytes one person's examinations may take up together. */
  mostBytes: number;
  /** Examinations one person may keep at a time. */
  mostKept: number;
}

/** How held files are converted. */
export interface ConversionConfig {
  /** Commands of tools that are installed apart. */
  commands: { libreoffice: string; ffmpeg: string };
  atOnce: number;
  /** For one file: time, the size of the result, and the memory of a process in bytes. */
  bounds: { timeoutMs: number; mostBytes: number; mostMemory: number };
}

/** How formats are told. */
export interface PronomConfig {
  /** Paths of a DROID signature file and its container signatures; absent: what was fetched, else the built-in table. */
  signatures: string | undefined;
  containers: string | undefined;
  /** The page releases are fetched from. */
  url: string;
  /** Looked at from each end of a file. */
  scanBytes: number;
  /** veraPDF's command or path. */
  veraPdf: string;
}

/** Beyond these a package is taken for one made to do harm. */
export interface PackageLimits {
  /** Files and folders. */
  entries: number;
  /** Of one file, unpacked. */
  entryBytes: number;
  /** Of all files, unpacked. */
  totalBytes: number;
  /** Times a file, or all of them, may be larger than packed. */
  ratio: number;
  /** Folders within folders. */
  depth: number;
}

/** How an S3 server is reached. */
export interface S3Access {
  endpoint?: string;
  region?: string;
  accessKey?: string;
  secretKey?: string;
  pathStyle?: boolean;
}

/** Where and when backups are made. */
export interface BackupConfig {
  /** Undefined: nowhere by itself. */
  place: string | undefined;
  /** How it is reached where it is on S3. */
  s3: S3Access;
  /** Times of day by the configured clock, `HH:MM`. */
  times: readonly string[];
  /** Undefined: all are kept. */
  keep: KeepRule | undefined;
  /** Undefined: not encrypted. @throws Refusal backup.passphraseFile */
  passphrase(): string | undefined;
  bytesPerSecond: number | undefined;
  /** Days from one drill of restoring to the next; undefined: none. */
  drillDays: number | undefined;
}

/** A place that can hold a storage root: a folder of this machine, or a prefix of a bucket. */
export type StorageConfig =
  | { kind: 'folder'; root: string }
  | {
      kind: 's3';
      bucket: string;
      prefix: string;
      /** Undefined: Amazon's own. */
      endpoint: string | undefined;
      region: string;
      accessKey: string;
      secretKey: string;
      pathStyle: boolean;
    };

/** How people sign in; undefined houses are not asked. */
export interface SignInConfig {
  breachedPasswords: string | undefined;
  idleMinutes: number;
  longestHours: number;
  oidc:
    | {
        issuer: string;
        clientId: string;
        clientSecret: string | undefined;
        name: string;
        /** Besides the issuer's: where its keys and tokens lie. */
        origins: readonly string[];
      }
    | undefined;
  ldap:
    | {
        url: string;
        base: string;
        /** File of certificates that vouch for it. */
        ca: string | undefined;
        bindDn: string | undefined;
        bindPassword: string | undefined;
        nameAttribute: string;
        subjectAttribute: string;
      }
    | undefined;
}

/** How often what is held is checked by the four natures, and how much of it. */
export interface CheckCalendarConfig {
  /** Days; 0: not by itself. */
  days: number;
  /** All of it; else the shares the scheme sets. */
  whole: boolean;
}

/** How copies of what is held are kept. */
export interface CopiesConfig {
  /** Copies of every object there should be, the storage root's counted. */
  copiesWanted: number;
  /** Days within which every copy is to be verified once. */
  cycleDays: number;
  /** Most megabytes a second read for verifying, of each store; undefined: as fast as it goes. */
  fixityMegabytes: number | undefined;
  /** Most megabytes a second copied, to each store. */
  copyMegabytes: number | undefined;
  /** Whether what scheduled verifying finds is mended at once. */
  repair: boolean;
}
