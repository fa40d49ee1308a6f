import { FONDS_HEADINGS, type FondsHeading } from '#kernel/fondsHeadings';
import type { FondsLine } from '#kernel/fondsLines';
import type { FondsFileView } from '#modules/fondsfile';

/** A paper of a fonds file as its catalogue has it, or what the house itself noted. */
export interface FondsPaper {
  /** Within its heading. */
  n: number;
  /** `YYYY`, `YYYYMM` or `YYYYMMDD`; '' where it bears none. */
  date: string;
  title: string;
  author: string;
  /** Files that go with it. */
  files: number;
  /** Noted by the system, nobody's paper. */
  noted: boolean;
}
export interface FondsPart {
  heading: FondsHeading;
  papers: FondsPaper[];
}

/** The catalogue of a fonds file: all headings of DA/T 12-2012 in their order, below each its papers by date, undated ones last. */
export function fondsParts(
  file: Pick<FondsFileView, 'documents' | 'lines'>,
  words: (line: FondsLine) => string,
): FondsPart[] {
  const papers = [
    ...file.documents.map((d) => ({
      heading: d.heading,
      date: d.dated ?? '',
      title: d.title,
      author: d.author ?? '',
      files: d.files.length,
      noted: false,
    })),
    ...file.lines.map((l) => ({
      heading: l.heading,
      date: l.day,
      title: words(l),
      author: '',
      files: 0,
      noted: true,
    })),
  ];
  return FONDS_HEADINGS.map((heading) => ({
    heading,
    papers: papers
      .filter((p) => p.heading === heading)
      .sort((a, b) => (a.date || '9999').localeCompare(b.date || '9999'))
      .map(({ date, title, author, files, noted }, i) => ({
        n: i + 1,
        date: date.replaceAll('-', ''),
        title,
        author,
        files,
        noted,
      })),
  }));
}
