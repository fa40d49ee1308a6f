import { valueIn } from '#formats/metadata-schemes';
import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** Each file ends where its format says, and has the pages the record says. A person confirms what looks otherwise. */
export const contentComplete: Rule = {
  slug: 'content-complete',
  nature: 'completeness',
  method: 'confirmed',
  reads: ['structure'],
  opens: true,
  begin(context) {
    packageFaults(context, 'content-complete');
    let pages = 0;
    let counted = true;
    let files = 0;
    return {
      unit() {
        [pages, counted, files] = [0, true, 0];
      },
      file({ name }, { file, structure, inside, trouble }) {
        if (file.bytes === null) return;
        context.judged();
        files++;
        if (trouble !== null) context.say(name, file.path, 'check.finding.unreadable', { why: trouble });
        else if (structure?.complete === false) context.say(name, file.path, 'check.finding.incomplete');
        // Pages are only compared where every file's are known: a drawing beside the text has none to count.
        if (inside?.pages !== undefined) pages += inside.pages;
        else counted = false;
      },
      unitEnd({ unit, name, scheme }) {
        const field = scheme.fields.find((f) => f.key === 'pages');
        const said = field ? Number(valueIn(unit.metadata, field) || Number.NaN) : Number.NaN;
        if (counted && files > 0 && Number.isInteger(said) && said !== pages)
          context.say(name, '', 'check.finding.pages', { said, there: pages });
      },
    };
  },
};
