/** Security keys in the browser. Questions and answers are the JSON forms of the standard (WebAuthn level 3, 5.1.8–5.1.10). */
export interface KeyAnswer {
  id: string;
  rawId: string;
  type: 'public-key';
  response: Record<string, unknown>;
}

/** The browser can use keys at all: on https:// pages with a name, and on this machine. */
export function canUseKeys(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  );
}

/** Raised when the person took the key away, said no, or nothing answered. */
export class KeySilent extends Error {
  override readonly name = 'KeySilent';
}

async function answerOf(asked: Promise<Credential | null>): Promise<KeyAnswer> {
  try {
    const credential = await asked;
    if (!(credential instanceof PublicKeyCredential)) throw new KeySilent('no credential');
    const json: unknown = credential.toJSON();
    if (isAnswer(json)) return json;
    throw new KeySilent('not a credential');
  } catch (cause) {
    if (cause instanceof KeySilent) throw cause;
    throw new KeySilent('the key did not answer', { cause });
  }
}

function isAnswer(json: unknown): json is KeyAnswer {
  return typeof json === 'object' && json !== null && 'rawId' in json && 'response' in json;
}

type Options = Record<string, unknown>;
const isCreation = (o: Options): o is Options & PublicKeyCredentialCreationOptionsJSON =>
  typeof o.challenge === 'string' && Array.isArray(o.pubKeyCredParams);
const isRequest = (o: Options): o is Options & PublicKeyCredentialRequestOptionsJSON =>
  typeof o.challenge === 'string';

/** Makes a credential on a key. @throws KeySilent */
export function makeKey(options: Options): Promise<KeyAnswer> {
  if (!isCreation(options)) return Promise.reject(new KeySilent('no question'));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return answerOf(navigator.credentials.create({ publicKey }));
}

/** Uses a credential of a key. @throws KeySilent */
export function askKey(options: Options): Promise<KeyAnswer> {
  if (!isRequest(options)) return Promise.reject(new KeySilent('no question'));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return answerOf(navigator.credentials.get({ publicKey }));
}
