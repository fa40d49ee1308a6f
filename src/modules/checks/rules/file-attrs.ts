import { formatsAgree } from './formats.ts';
import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** Name, size and format of each file are those its metadata says. */
export const fileAttrs: Rule = {
  slug: 'file-attrs',
  nature: 'authenticity',
  method: 'automatic',
  reads: ['format'],
  begin(context) {
    packageFaults(context, 'file-attrs');
    return {
      file({ name }, { file, size, matches }) {
        const { said, path } = file;
        if (file.bytes === null) return;
        context.judged();
        if (said.name !== undefined && baseName(said.name) !== baseName(file.name))
          context.say(name, path, 'check.finding.otherName', { said: said.name, there: file.name });
        const there = size ?? file.bytes;
        if (said.bytes !== undefined && said.bytes !== there)
          context.say(name, path, 'check.finding.otherSize', { said: said.bytes, there });
        const agree = matches ? formatsAgree(said.format, file.name, matches) : null;
        if (agree?.verdict === 'no')
          context.say(name, path, 'check.finding.otherFormat', { said: agree.said, there: agree.there });
      },
    };
  },
};

const baseName = (name: string) =>
  name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).normalize('NFC');
