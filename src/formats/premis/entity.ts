/** What others' PREMIS documents say (versions 1 to 3). Values are as written; what a document does not say is missing or empty. */

export interface ReadIdentifier {
  type: string;
  value: string;
}

export interface ReadLink extends ReadIdentifier {
  roles: string[];
}

export interface ReadFormat {
  name?: string | undefined;
  version?: string | undefined;
  registry?: { name?: string | undefined; key?: string | undefined; role?: string | undefined } | undefined;
  notes: string[];
}

export interface ReadCharacteristics {
  compositionLevel?: string | undefined;
  fixity: { algorithm?: string | undefined; digest?: string | undefined; originator?: string | undefined }[];
  size?: string | undefined;
  formats: ReadFormat[];
  applications: { name?: string | undefined; version?: string | undefined; made?: string | undefined }[];
  inhibitors: string[];
}

export interface ReadObject {
  kind: 'object';
  /** undefined where the document names none of the four. */
  category?: 'file' | 'representation' | 'bitstream' | 'intellectualEntity' | undefined;
  identifiers: ReadIdentifier[];
  preservationLevels: string[];
  properties: { type?: string | undefined; value?: string | undefined }[];
  characteristics: ReadCharacteristics[];
  originalName?: string | undefined;
  locations: ReadIdentifier[];
  relationships: {
    type?: string | undefined;
    subType?: string | undefined;
    objects: ReadIdentifier[];
    events: ReadIdentifier[];
  }[];
  events: ReadIdentifier[];
  rights: ReadIdentifier[];
}

export interface ReadEvent {
  kind: 'event';
  identifiers: ReadIdentifier[];
  type?: string | undefined;
  at?: string | undefined;
  details: string[];
  outcomes: { outcome?: string | undefined; notes: string[] }[];
  agents: ReadLink[];
  objects: ReadLink[];
}

export interface ReadAgent {
  kind: 'agent';
  identifiers: ReadIdentifier[];
  names: string[];
  type?: string | undefined;
  version?: string | undefined;
  notes: string[];
}

export interface ReadRightsStatement {
  identifiers: ReadIdentifier[];
  basis?: string | undefined;
  /** What the basis says of itself, by the names of its units: `copyrightStatus`, `licenseTerms`, `statuteCitation` … */
  terms: { name: string; value: string }[];
  granted: {
    act?: string | undefined;
    restrictions: string[];
    from?: string | undefined;
    until?: string | undefined;
    notes: string[];
  }[];
  objects: ReadLink[];
  agents: ReadLink[];
}

export interface ReadRights {
  kind: 'rights';
  statements: ReadRightsStatement[];
}

export type ReadPremisEntity = ReadObject | ReadEvent | ReadAgent | ReadRights;
