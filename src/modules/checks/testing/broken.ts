import type { Finding } from '#kernel/errors';
import type { CheckSubject } from '../domain/subject.ts';
import type { CheckServices } from '../rules/rule.ts';
import type { Slug } from '../rules/slugs.ts';
import { goodServices, goodUnit, smallPdf, type TestUnit } from './subjects.ts';

/** Batches of which one item is broken, and nothing else. */
export const units = () => [goodUnit(1), goodUnit(2), goodUnit(3)];
const found = (code: string): Partial<CheckSubject> => {
  const finding: Finding = { code, severity: 'error', path: 'here', message: 'It is wrong.' };
  return { package: { kind: 'handover', findings: [finding] } };
};

export interface Broken {
  slug: Slug;
  why: string;
  change?(all: TestUnit[]): void;
  subject?: Partial<CheckSubject>;
  services?: Partial<CheckServices>;
}
const set = (values: Record<string, string | number | undefined>) => (all: TestUnit[]) => {
  all[1] = { ...all[1]!, metadata: { ...all[1]!.metadata, ...values } };
};
/** Another content of the second record's PDF, which its metadata speaks of rightly. */
export const pdf =
  (content: Buffer, name = '2.pdf') =>
  (all: TestUnit[]) => {
    const [text] = all[1]!.files;
    all[1] = { ...all[1]!, files: [text!, { name, content, said: { name, bytes: content.length } }] };
  };
const encrypted = Buffer.from(
  smallPdf('x').toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 9 0 R'),
  'latin1',
);

export const BROKEN: Broken[] = [
  {
    slug: 'fixity-valid',
    why: 'a digest is another',
    change: (all) => {
      const [text, other] = all[1]!.files;
      all[1] = {
        ...all[1]!,
        files: [
          { ...text!, said: { ...text!.said, digests: [{ algorithm: 'sm3', digest: '00'.repeat(32) }] } },
          other!,
        ],
      };
    },
  },
  { slug: 'fixity-valid', why: 'the package has a wrong signature', subject: found('eep.signatureWrong') },
  {
    slug: 'md-length',
    why: 'a title is too long',
    change: (all) => {
      const title = `${all[1]!.metadata.title} ${'and on '.repeat(100)}`;
      set({ title })(all);
      all[1]!.files[0]!.content = Buffer.from(title);
      all[1]!.files[0]!.said = {};
    },
  },
  { slug: 'md-type', why: 'a date can not be read', change: set({ date: 'last spring' }) },
  { slug: 'md-enum', why: 'a secrecy is none of the list', change: set({ classification: '机要' }) },
  { slug: 'md-sanity', why: 'the year is not that of the date', change: set({ date: '20050305' }) },
  {
    slug: 'md-chars',
    why: 'a control character stands in a value',
    change: set({ creator: '水务\u0001局' }),
  },
  { slug: 'refcode-valid', why: 'the code is of another fonds', change: set({ fondsNo: 'Z110' }) },
  {
    slug: 'md-duplicate',
    why: 'two records have one code',
    change: (all) => {
      all.push(goodUnit(3));
    },
  },
  {
    slug: 'md-content',
    why: 'the text says another title',
    change: set({ title: 'Something else altogether' }),
  },
  {
    slug: 'file-attrs',
    why: 'a file has another size than is said',
    change: (all) => {
      all[1]!.files[1]!.said = { name: '2-map.txt', bytes: 7 };
    },
  },
  {
    slug: 'file-attrs',
    why: 'a file is no PDF though it is called so',
    change: pdf(Buffer.from('just words, and nothing else\n')),
  },
  {
    slug: 'md-link',
    why: 'a record has no file',
    change: (all) => {
      all[1] = { ...all[1]!, files: [], declaredFiles: 0, metadata: { ...all[1]!.metadata, annex: '' } };
    },
  },
  { slug: 'manifest-valid', why: 'the catalogue lacks a column', subject: found('handover.columnMissing') },
  { slug: 'pkg-structure', why: 'a folder is missing', subject: found('handover.noRecords') },
  {
    slug: 'pkg-fixity',
    why: 'another package arrived',
    subject: { transmission: [{ name: 'a', algorithm: 'sm3', before: 'aa', after: 'bb' }] },
  },
  {
    slug: 'count-total',
    why: 'the form says more records',
    subject: { declared: [{ items: 4, source: '登记表' }] },
  },
  {
    slug: 'bytes-total',
    why: 'the form says more bytes',
    subject: { declared: [{ items: 3, bytes: 5_000_000, precision: 500, source: '登记表' }] },
  },
  { slug: 'md-elements', why: 'there is no creator', change: set({ creator: undefined }) },
  { slug: 'md-required', why: 'the creator is empty', change: set({ creator: '' }) },
  {
    slug: 'process-md',
    why: 'nobody handed it over',
    change: (all) => {
      all[1] = { ...all[1]!, events: [] };
    },
  },
  {
    slug: 'md-sequence',
    why: 'a number is left out',
    change: (all) => {
      all[1] = { ...goodUnit(5), metadata: { ...goodUnit(5).metadata } };
    },
  },
  { slug: 'content-complete', why: 'a file was cut off', change: pdf(smallPdf('x').subarray(0, 400)) },
  {
    slug: 'content-complete',
    why: 'the record says more pages',
    change: (all) => {
      pdf(smallPdf(String(all[1]!.metadata.title)))(all);
      const [, file] = all[1]!.files;
      const metadata = { ...all[1]!.metadata, pages: 3, annex: '' };
      all[1] = { ...all[1]!, declaredFiles: 1, files: [file!], metadata };
    },
  },
  { slug: 'attach-complete', why: 'an annex is not there', change: set({ annex: 'One map; another map' }) },
  {
    slug: 'scope',
    why: 'the schedule leaves it out',
    subject: { inScope: ({ key }) => (key === 'unit 1' ? 'excluded' : 'within') },
  },
  { slug: 'pkg-md', why: 'a record has no metadata', subject: found('handover.noMetadata') },
  {
    slug: 'pkg-content',
    why: 'the metadata speaks of three files',
    change: (all) => {
      all[1] = { ...all[1]!, declaredFiles: 3 };
    },
  },
  { slug: 'md-readable', why: 'metadata is no XML', subject: found('handover.metadataXml') },
  { slug: 'md-access', why: 'a record can not be read', subject: { kind: 'held', total: 4 } },
  {
    slug: 'format-allowed',
    why: 'a program is among the files',
    change: pdf(Buffer.concat([Buffer.from('4d5a900003000000', 'hex'), Buffer.alloc(600)]), '2.exe'),
  },
  { slug: 'no-crypto', why: 'a PDF is enciphered', change: pdf(encrypted), subject: { package: null } },
  { slug: 'pkg-format', why: 'the package has a password', subject: found('tree.encrypted') },
  {
    slug: 'backup-restore',
    why: 'the drill failed',
    services: { lastDrill: async () => ({ at: new Date('2024-03-01'), passed: false, objects: 20 }) },
  },
  {
    slug: 'av-installed',
    why: 'the scanner learnt nothing for long',
    services: {
      scanner: {
        ...goodServices.scanner!,
        about: async () => ({ version: 'old', learntAt: new Date('2023-01-01') }),
      },
    },
  },
  {
    slug: 'virus',
    why: 'a file is infected',
    services: {
      scanner: {
        ...goodServices.scanner!,
        scan: async (path) => (path.endsWith('2.txt') ? 'Eicar-Test' : undefined),
      },
    },
  },
  {
    slug: 'extra-files',
    why: 'a file nobody declared lies there',
    subject: {
      strays: (async function* () {
        yield 'Thumbs.db';
      })(),
    },
  },
];
