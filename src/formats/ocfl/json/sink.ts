/** JSON as it is read, piece by piece. What a value means is known to whoever is given its parts. */
export type JsonScalar = string | number | boolean | null;

/** Takes one JSON object or array. Of an object, each part follows the name it has. */
export interface JsonSink {
  name(name: string): void;
  scalar(value: JsonScalar): void;
  /** @returns what takes the object that begins here */
  object(): JsonSink;
  array(): JsonSink;
  end(): void;
}

const nothing = () => {};

/** Takes anything and keeps none of it. */
export const ignoring: JsonSink = {
  name: nothing,
  scalar: nothing,
  object: () => ignoring,
  array: () => ignoring,
  end: nothing,
};

/**
 * Takes one value that is known to be small, and hands it over as JSON.parse would.
 *
 * @param onTwice is told of a name that stands twice in one object (the last one counts)
 * @returns the sink of the object or array that begins, by its kind
 */
export function keeping(
  kind: 'object' | 'array',
  done: (value: unknown) => void,
  onTwice: (name: string) => void,
): JsonSink {
  const items: unknown[] = [];
  const members = new Map<string, unknown>();
  let at = '';
  const put = (value: unknown) => {
    if (kind === 'array') items.push(value);
    else {
      if (members.has(at)) onTwice(at);
      members.set(at, value);
    }
  };
  return {
    name(name) {
      at = name;
    },
    scalar: put,
    object: () => keeping('object', put, onTwice),
    array: () => keeping('array', put, onTwice),
    end: () => done(kind === 'array' ? items : Object.fromEntries(members)),
  };
}
