import type { RequirementRow } from './types.ts';

/** Folders of an information package (CSIP, section on structure). */
export const STRUCTURE: readonly RequirementRow[] = [
  [
    'CSIPSTR1',
    'must',
    '/',
    'The package is one root folder; an archive unpacks to one folder and nothing beside it.',
  ],
  ['CSIPSTR2', 'should', '/', 'The root folder bears the identifier of the package.'],
  ['CSIPSTR3', 'may', '/', 'The package may be wrapped as TAR or ZIP.'],
  [
    'CSIPSTR4',
    'must',
    'METS.xml',
    'The root folder holds a file METS.xml that identifies and describes the package.',
  ],
  [
    'CSIPSTR5',
    'should',
    'metadata',
    'The root folder has a folder "metadata" for what concerns the whole package.',
  ],
  ['CSIPSTR6', 'should', 'metadata/preservation', 'Preservation metadata lie in "metadata/preservation".'],
  ['CSIPSTR7', 'should', 'metadata/descriptive', 'Descriptive metadata lie in "metadata/descriptive".'],
  ['CSIPSTR8', 'may', 'metadata', 'Other metadata may lie in folders of their own.'],
  ['CSIPSTR9', 'should', 'representations', 'The root folder has a folder "representations".'],
  [
    'CSIPSTR10',
    'should',
    'representations/*',
    'Each representation has a folder of its own in "representations".',
  ],
  ['CSIPSTR11', 'should', 'representations/*/data', 'The folder of a representation has a folder "data".'],
  [
    'CSIPSTR12',
    'should',
    'representations/*/METS.xml',
    'The folder of a representation has a METS.xml of its own.',
  ],
  [
    'CSIPSTR13',
    'should',
    'representations/*/metadata',
    'The folder of a representation has a folder "metadata".',
  ],
  ['CSIPSTR14', 'may', '/', 'Further folders may be added.'],
  [
    'CSIPSTR15',
    'should',
    'schemas',
    'Schemas of the metadata lie in "schemas", of the package or of a representation.',
  ],
  [
    'CSIPSTR16',
    'should',
    'documentation',
    'Documentation lies in "documentation", of the package or of a representation.',
  ],
];
