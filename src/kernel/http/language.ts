import Type from 'typebox';
import { chooseLanguage, LANGUAGES, type Language } from '#kernel/wording';

/** Part of the query of every paper and sheet: the language it is to be written in. */
export const LangQuery = { lang: Type.Optional(Type.Enum([...LANGUAGES])) };

/** The language that was asked for, else the one the browser asks for. */
export const languageOf = (req: {
  query: { lang?: Language };
  headers: { 'accept-language'?: string };
}): Language => req.query.lang ?? chooseLanguage(req.headers['accept-language']);
