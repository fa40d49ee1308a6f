import Type, { type Static } from 'typebox';

const Moment = Type.String({ format: 'date-time' });
const Optional = <T extends Type.TSchema>(t: T) => Type.Optional(Type.Union([t, Type.Null()]));
const Code = Type.String({ minLength: 2, maxLength: 63 });
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Ids = Type.String({ format: 'uuid' });

/** A role to be given. Times absent: from the approval on, without end. Categories absent: all. */
export const Give = Type.Object({
  kind: Type.Literal('give'),
  personId: Ids,
  role: Code,
  subtree: Type.Boolean(),
  from: Optional(Moment),
  until: Optional(Moment),
  categories: Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 10 }), { minItems: 1, maxItems: 50 }),
  ),
});
/** A role to be ended, with the approval. */
export const End = Type.Object({ kind: Type.Literal('end'), personId: Ids, membershipId: Ids });
/** A post to be given, with all its roles. */
export const GivePost = Type.Object({
  kind: Type.Literal('post'),
  personId: Ids,
  postId: Ids,
  from: Optional(Moment),
  until: Optional(Moment),
});
/** An own role to be made (no code yet) or changed (the version it was when looked at). */
export const SaveRole = Type.Object({
  kind: Type.Literal('role'),
  code: Optional(Code),
  version: Optional(Type.Integer({ minimum: 1 })),
  names: Type.Object({ 'zh-CN': Name, 'zh-TW': Name, en: Name }),
  capabilities: Type.Array(Type.String({ maxLength: 50 }), { maxItems: 50 }),
});
/** An own role to be given up: nobody can do anything by it any more. */
export const RetireRole = Type.Object({
  kind: Type.Literal('retire'),
  code: Code,
  version: Type.Integer({ minimum: 1 }),
});

/** A unit of the organisation to be made, moved, or linked to an agency, where posts reach other records by it. */
export const PlaceUnit = Type.Object({
  kind: Type.Literal('organisation'),
  /** The unit as it was looked at; both absent: a new one. */
  unitId: Optional(Ids),
  version: Optional(Type.Integer({ minimum: 1 })),
  parentId: Type.Union([Ids, Type.Null()]),
  unitKind: Type.Union([Type.Literal('department'), Type.Literal('agency')]),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  agencyId: Type.Union([Ids, Type.Null()]),
});
/** The agency a fonds is of, where posts in that agency or the one before reach it by that. */
export const PlaceFonds = Type.Object({
  kind: Type.Literal('fonds'),
  fondsId: Ids,
  version: Type.Integer({ minimum: 1 }),
  agencyId: Type.Union([Ids, Type.Null()]),
});

/** Where a unit stands and which agency it is for; of a fonds, its name and agency. */
export interface Placed {
  name: string;
  parentId: string | null;
  agencyId: string | null;
}

/** A change of rights as it is asked for, and as it is kept until somebody else decides. */
export const Wanted = Type.Union([Give, End, GivePost, SaveRole, RetireRole, PlaceUnit, PlaceFonds]);
export type Wanted = Static<typeof Wanted>;
