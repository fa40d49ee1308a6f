import type { LookOrder, Packages } from '#modules/packages';
import type { CheckSubject } from '../domain/subject.ts';
import { consignmentSubject, type SubjectParts } from './consignment.ts';

export interface PackageSubjectOrder extends LookOrder {
  title: string;
  carrier?: CheckSubject['carrier'];
  declared?: CheckSubject['declared'];
  transmission?: CheckSubject['transmission'];
  /** What only its caller knows: the schedule, withdrawn numbers, templates. */
  more?: Partial<SubjectParts>;
}

/** A package of any kind as a subject, as it lies there. To be closed when it was judged. */
export async function packageSubject(
  packages: Pick<Packages, 'look'>,
  order: PackageSubjectOrder,
): Promise<{ subject: CheckSubject; kind: string; close(): Promise<void> }> {
  const looked = await packages.look(order);
  const subject = consignmentSubject(looked.consignment, {
    kind: 'package',
    title: order.title,
    carrier: order.carrier ?? 'online',
    declared: order.declared ?? [],
    transmission: order.transmission ?? null,
    // What reading it adds is there when its turn comes: the list grows.
    package: { kind: looked.kind, findings: looked.findings },
    ...order.more,
  });
  return { subject, kind: looked.kind, close: looked.close };
}
