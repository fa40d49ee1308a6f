/** Tables an empty install has rows in: what migrations put there, and what the first start does. */
export const SEEDED: readonly string[] = [
  'identity.role',
  'identity.setup_link',
  'search.state',
  'preservation.kept',
  'preservation.store',
  'federation.progress',
];
