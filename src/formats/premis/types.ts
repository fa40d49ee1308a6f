/** Semantic units of PREMIS 3 that an archive of files needs. Identifiers are a type and a value. */

export interface PremisIdentifier {
  type: string;
  value: string;
}

/** Something true of an object, in words of its own: `pages`, `12`. */
export interface PremisProperty {
  type: string;
  value: string;
}

export interface PremisIntellectualEntity {
  category: 'intellectualEntity';
  identifiers: readonly PremisIdentifier[];
  properties?: readonly PremisProperty[];
  name?: string | undefined;
  rights?: readonly PremisIdentifier[];
}

export interface PremisRepresentation {
  category: 'representation';
  identifiers: readonly PremisIdentifier[];
  properties?: readonly PremisProperty[];
  /** The entity this stands for. */
  represents: PremisIdentifier;
}

export interface PremisFile {
  category: 'file';
  identifiers: readonly PremisIdentifier[];
  properties?: readonly PremisProperty[];
  fixity: readonly { algorithm: string; digest: string; originator?: string }[];
  size: number;
  format: {
    name: string;
    version?: string | undefined;
    /** Where the format is registered, and under which key: `PRONOM`, `fmt/95`. */
    registry?: { name: string; key: string } | undefined;
    notes?: readonly string[];
  };
  creatingApplication?: {
    name?: string | undefined;
    version?: string | undefined;
    made?: string | undefined;
  };
  /** What keeps from reading it, such as a password. */
  inhibitor?: string | undefined;
  originalName?: string;
  /** Path in the object. */
  location: string;
  /** The representation this is a part of. */
  partOf?: PremisIdentifier;
  /** The file this was made of. */
  derivedFrom?: PremisIdentifier;
}

export type PremisObject = PremisIntellectualEntity | PremisRepresentation | PremisFile;

export interface PremisEvent {
  identifier: PremisIdentifier;
  /** A term of the vocabulary `eventType` of the Library of Congress. */
  type: string;
  at: Date;
  detail?: string | undefined;
  outcome?: string | undefined;
  agents: readonly { identifier: PremisIdentifier; role: string }[];
  objects: readonly PremisIdentifier[];
}

export interface PremisAgent {
  identifier: PremisIdentifier;
  name: string;
  type: 'person' | 'organization' | 'software';
  note?: string | undefined;
}

export interface PremisRights {
  identifier: PremisIdentifier;
  /** Why it is so: `archival access decision`. */
  basis: string;
  notes?: readonly string[];
  granted: readonly {
    act: string;
    restrictions: readonly string[];
    /** From when on it is granted. */
    from?: string | undefined;
    /** Until when it is restricted. */
    restrictedUntil?: string | undefined;
  }[];
  objects: readonly PremisIdentifier[];
  agents: readonly { identifier: PremisIdentifier; role: string }[];
}

/** One document. The schema asks for an object in each. */
export interface PremisDocument {
  objects: Iterable<PremisObject>;
  events?: Iterable<PremisEvent>;
  agents?: Iterable<PremisAgent>;
  rights?: Iterable<PremisRights>;
}
