import { mediaTypes } from './formats.ts';
import type { LookedFile, Rule } from './rule.ts';

/** Each file is of a format that is kept for good; a native file may stand beside one that is. */
export const formatAllowed: Rule = {
  slug: 'format-allowed',
  nature: 'usability',
  method: 'automatic',
  reads: ['format'],
  begin(context) {
    const allowed = new Set(context.parameters.formats ?? []);
    const beside = new Set(context.parameters.besides ?? []);
    let lasting = false;
    let waiting: { path: string; format: string }[] = [];
    if (allowed.size === 0) {
      context.notPerformed('check.reason.noFormatList');
      return {};
    }
    const among = (set: ReadonlySet<string>, { matches }: LookedFile) =>
      (matches ?? []).some((m) => m.basis !== 'extension only' && set.has(m.puid)) ||
      mediaTypes(matches ?? []).some((t) => set.has(t));
    return {
      unit() {
        [lasting, waiting] = [false, []];
      },
      file({ name }, looked) {
        const { file, matches, trouble } = looked;
        if (file.bytes === null) return;
        context.judged();
        const named = (matches ?? []).map((m) => `${m.name} ${m.version}`.trim()).join(' / ');
        if (matches === null)
          context.say(name, file.path, 'check.finding.unreadable', { why: trouble ?? '' });
        else if (among(allowed, looked)) lasting = true;
        else if (among(beside, looked)) waiting.push({ path: file.path, format: named });
        else if (mediaTypes(matches).length === 0 && matches.every((m) => m.basis === 'extension only'))
          context.say(name, file.path, 'check.finding.formatUnknown');
        else context.say(name, file.path, 'check.finding.formatNotAllowed', { format: named });
      },
      unitEnd({ name }) {
        if (lasting) return;
        for (const { path, format } of waiting)
          context.say(name, path, 'check.finding.noRendition', { format });
      },
    };
  },
};
