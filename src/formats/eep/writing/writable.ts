import { xmlHolds } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import { modelFor } from '../grammar/models.ts';
import { faultOf, valueRule } from '../grammar/values.ts';
import type { EepNode } from '../model.ts';

/**
 * A node as the standard has it: children in its order, those the schema lacks left out.
 *
 * @throws Refusal `eep.unwritable` naming the element, where something required is missing or a value is not allowed
 */
export function writable(node: EepNode, path = ''): EepNode {
  const here = `${path}/${node.name}`;
  const model = modelFor(node.name);
  if (!model) return checkedText(node, here);
  const children = node.children ?? [];
  for (const child of children)
    if (!model.at.has(child.name)) throw refuse(here, `“${child.name}” has no place in it`);
  const ordered = model.slots.flatMap((slot) => {
    const found = slot.tolerated ? [] : children.filter((c) => slot.names.includes(c.name));
    if (found.length < slot.least) throw refuse(here, `it lacks “${slot.names.join('” or “')}”`);
    if (found.length > slot.most) throw refuse(here, `it holds “${slot.names[0]}” more than once`);
    for (const child of found)
      if (slot.least === 1 && !modelFor(child.name) && !child.data && (child.text ?? '').trim() === '')
        throw refuse(`${here}/${child.name}`, 'it is required and says nothing');
    return found.map((c) => writable(c, here));
  });
  if (node.name === '档号' && !ordered.some((c) => c.name === '室编件号' || c.name === '馆编件号'))
    throw refuse(here, 'it lacks “室编件号” or “馆编件号”');
  return { ...node, children: ordered };
}

function checkedText(node: EepNode, here: string): EepNode {
  if (node.data) return node;
  const text = node.text ?? '';
  if (!xmlHolds(text)) throw refuse(here, 'its text holds characters that XML can not hold');
  const fault = valueRule(node.name).kind === 'base64' ? undefined : faultOf(valueRule(node.name), text);
  if (fault !== undefined) throw refuse(here, `its value ${fault}`);
  return node;
}

function refuse(path: string, why: string): Refusal {
  return new Refusal('eep.unwritable', `The package can not be written: in ${path}, ${why}.`, { path });
}
