import Type from 'typebox';
import type { CheckConfig, Config, PackageLimits, PrintConfig } from '#kernel/config';

const most = (description: string, fallback: number, maximum: number) =>
  Type.Integer({
    minimum: 1,
    maximum,
    default: fallback,
    description: `${description}, from 1 to ${maximum}`,
  });

/** What a package that comes in may ask of us; see {@link SETTINGS} for what the descriptions complete. */
export const PACKAGE_SETTINGS = {
  LANTAI_DROP: Type.Optional(
    Type.String({ description: 'a folder that other systems can write to, such as a shared folder' }),
  ),
  LANTAI_DROP_SECONDS: most(
    'a number of seconds an entry of a drop folder lies still before it is taken',
    30,
    3_600,
  ),
  LANTAI_INTAKE_KEEP_DAYS: most(
    'a number of days that lines of what came in from other systems, and what lay in their drop folders, are kept',
    366,
    36_600,
  ),
  LANTAI_PACKAGE_MAX_ENTRIES: most('a number of files and folders in a package', 2_000_000, 10_000_000),
  LANTAI_PACKAGE_MAX_FILE_GB: most('a number of gigabytes of one file', 1_000, 1_000_000),
  LANTAI_PACKAGE_MAX_GB: most('a number of gigabytes of all files, unpacked', 4_000, 1_000_000),
  LANTAI_PACKAGE_MAX_RATIO: most('how many times its packed size a file may have', 300, 2_000),
  LANTAI_PACKAGE_MAX_DEPTH: most('a number of folders within folders', 64, 1_000),
  LANTAI_CHECK_KEEP_DAYS: most('a number of days that a report is kept, with what was sent', 7, 365),
  LANTAI_CHECK_MAX_GB: most('a number of gigabytes one person may have checked at a time', 100, 1_000_000),
  LANTAI_CHECK_MAX_REPORTS: most('a number of reports one person keeps', 50, 10_000),
  LANTAI_PRINT_KEEP_DAYS: most('a number of days that a printed file is kept', 7, 365),
  LANTAI_PRINT_MAX_FILES: most('a number of printed files one person keeps', 100, 10_000),
  LANTAI_DEPOSIT_KEEP_YEARS: most(
    'a number of years an agency’s deposit is kept unless it is prolonged',
    10,
    100,
  ),
  LANTAI_DEPOSIT_UNSEALED_DAYS: most(
    'a number of days for which a deposit that was unsealed can be read',
    7,
    90,
  ),
};

interface PackageWords {
  LANTAI_PACKAGE_MAX_ENTRIES: number;
  LANTAI_PACKAGE_MAX_FILE_GB: number;
  LANTAI_PACKAGE_MAX_GB: number;
  LANTAI_PACKAGE_MAX_RATIO: number;
  LANTAI_PACKAGE_MAX_DEPTH: number;
  LANTAI_CHECK_KEEP_DAYS: number;
  LANTAI_CHECK_MAX_GB: number;
  LANTAI_CHECK_MAX_REPORTS: number;
  LANTAI_PRINT_KEEP_DAYS: number;
  LANTAI_PRINT_MAX_FILES: number;
  LANTAI_DEPOSIT_KEEP_YEARS: number;
  LANTAI_DEPOSIT_UNSEALED_DAYS: number;
}

export const packageLimits = (words: PackageWords): PackageLimits => ({
  entries: words.LANTAI_PACKAGE_MAX_ENTRIES,
  entryBytes: words.LANTAI_PACKAGE_MAX_FILE_GB * 1e9,
  totalBytes: words.LANTAI_PACKAGE_MAX_GB * 1e9,
  ratio: words.LANTAI_PACKAGE_MAX_RATIO,
  depth: words.LANTAI_PACKAGE_MAX_DEPTH,
});

export const checkConfig = (words: PackageWords): CheckConfig => ({
  keepDays: words.LANTAI_CHECK_KEEP_DAYS,
  mostBytes: words.LANTAI_CHECK_MAX_GB * 1e9,
  mostKept: words.LANTAI_CHECK_MAX_REPORTS,
});

export const printConfig = (words: PackageWords): PrintConfig => ({
  keepDays: words.LANTAI_PRINT_KEEP_DAYS,
  mostKept: words.LANTAI_PRINT_MAX_FILES,
});

export const depositConfig = (words: PackageWords): Config['deposits'] => ({
  keepYears: words.LANTAI_DEPOSIT_KEEP_YEARS,
  unsealedDays: words.LANTAI_DEPOSIT_UNSEALED_DAYS,
});
