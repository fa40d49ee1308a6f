import { compareDeclared } from './declared.ts';
import { packageRun } from './package.ts';
import type { Rule } from './rule.ts';

/** The package holds every file its metadata speaks of. */
export const pkgContent: Rule = {
  slug: 'pkg-content',
  nature: 'completeness',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    let files = 0;
    let all = 0;
    return packageRun(context, 'pkg-content', {
      unit() {
        files = 0;
      },
      file({ name }, { file }) {
        files++;
        all++;
        context.judged();
        if (file.bytes === null)
          context.say(name, file.path, 'check.finding.fileMissing', { file: file.name });
      },
      unitEnd({ unit, name }) {
        if (unit.declaredFiles !== null && unit.declaredFiles !== files)
          context.say(name, '', 'check.finding.fileCount', { said: unit.declaredFiles, there: files });
      },
      end() {
        context.memo('there', all);
        compareDeclared(context, 'files', [all]);
      },
    });
  },
};
