import { valueIn } from '#formats/metadata-schemes';
import { foldedWords } from './folding.ts';
import type { Rule } from './rule.ts';

/**
 * What the catalogue says of a record is what its text says: the title stands in it. For a person to confirm, since a scan
 * has no text and a title may be given by whoever described.
 */
export const mdContent: Rule = {
  slug: 'md-content',
  nature: 'authenticity',
  method: 'confirmed',
  reads: ['text'],
  begin(context) {
    let texts = 0;
    let title: string | null = null;
    let [found, read] = [false, false];
    return {
      unit({ unit, scheme }) {
        const field = scheme.fields.find((f) => f.key === 'title') ?? { key: 'title', elements: ['题名'] };
        const said = foldedWords(valueIn(unit.metadata, field));
        title = said === '' ? null : said;
        [found, read] = [false, false];
      },
      file(_, { text }) {
        if (text === null || text.trim() === '') return;
        read = true;
        if (title !== null && foldedWords(text).includes(title)) found = true;
      },
      unitEnd({ name }) {
        if (!read || title === null) return;
        texts++;
        context.judged();
        if (!found) context.say(name, '', 'check.finding.titleNotInText');
      },
      end() {
        if (texts === 0) context.notPerformed('check.reason.noText');
      },
    };
  },
};
