import type { Rule } from './rule.ts';

const all = (one: string, two: string, four?: string) => ({ 1: one, 2: two, ...(four ? { 4: four } : {}) });

/** Annotations, actions, forms, structure, optional content. */
export const DOCUMENT_RULES = {
  'optional.present': { 1: '6.1.13', says: 'There is no optional content.' },
  'optional.name': { 2: '6.9', 4: '6.10', says: 'Configurations of optional content have a name.' },
  'optional.names': { 2: '6.9', 4: '6.10', says: 'Names of configurations of optional content differ.' },
  'optional.order': {
    2: '6.9',
    4: '6.10',
    says: 'The Order of a configuration holds all groups of optional content.',
  },
  'optional.as': { 2: '6.9', says: 'Configurations of optional content have no AS.' },
  'alternate.presentations': { 2: '6.10', 4: '6.11', says: 'There are no alternate presentations.' },
  'alternate.steps': { 2: '6.10', 4: '6.11', says: 'Pages have no PresSteps.' },
  requirements: { 2: '6.11', 4: '6.12', says: 'The catalogue has no Requirements.' },
  'annotation.type': { ...all('6.5.2', '6.3.1', '6.3.1'), says: 'Annotations are of a type permitted.' },
  'annotation.model': {
    4: '6.1.6.1',
    says: 'A 3D stream is U3D or PRC.',
  },
  'annotation.opacity': { 1: '6.5.3', says: 'Annotations are opaque.' },
  'annotation.flags': {
    ...all('6.5.3', '6.3.2', '6.3.2'),
    says: 'Annotations have flags: printed, not hidden, not invisible.',
  },
  'annotation.colour': {
    1: '6.5.3',
    says: 'Annotations have colours (C, IC) only with an RGB output intent.',
  },
  'annotation.appearance': { 2: '6.3.3', 4: '6.3.3', says: 'Annotations have an appearance.' },
  'annotation.appearanceKeys': {
    ...all('6.5.3', '6.3.3', '6.3.3'),
    says: 'Appearance dictionaries hold N alone.',
  },
  'annotation.appearanceKind': {
    ...all('6.5.3', '6.3.3', '6.3.3'),
    says: 'The appearance of a button is a dictionary of appearances, that of others a stream.',
  },
  'action.type': { ...all('6.6.1', '6.5.1', '6.6.1'), says: 'Actions are of a type permitted.' },
  'action.named': {
    ...all('6.6.1', '6.5.1', '6.6.1'),
    says: 'Named actions are NextPage, PrevPage, FirstPage or LastPage.',
  },
  'action.widget': { ...all('6.6.1', '6.4.1', '6.4.1'), says: 'Form fields have no action.' },
  'action.widgetAdditional': { ...all('6.6.2', '6.4.1'), says: 'Form fields have no additional actions.' },
  'action.catalogue': { ...all('6.6.2', '6.5.2'), says: 'The catalogue has no additional actions.' },
  'action.page': { 2: '6.5.2', says: 'Pages have no additional actions.' },
  'action.triggers': { 4: '6.6.3', says: 'Additional actions have none but the triggers permitted.' },
  'form.needAppearances': { ...all('6.9', '6.4.1', '6.4.1'), says: 'NeedAppearances is not set.' },
  'form.fieldAppearance': { 1: '6.9', says: 'Form fields have an appearance.' },
  'form.xfa': { 2: '6.4.2', 4: '6.4.2', says: 'There is no XFA form.' },
  'form.needsRendering': { 2: '6.4.2', 4: '6.4.2', says: 'The catalogue has no NeedsRendering.' },
  'structure.marked': {
    1: '6.8.2.2',
    2: '6.7.2.2',
    levels: ['a'],
    says: 'The catalogue says that the file is marked (MarkInfo, Marked).',
  },
  'structure.tree': { 1: '6.8.3.3', 2: '6.7.3.3', levels: ['a'], says: 'There is a structure tree.' },
  'structure.roles': {
    1: '6.8.3.4',
    2: '6.7.3.4',
    levels: ['a'],
    says: 'Types of structure elements are standard ones or mapped to them.',
  },
  'structure.circular': {
    1: '6.8.3.4',
    2: '6.7.3.4',
    levels: ['a'],
    says: 'No mapping of structure types turns in a circle.',
  },
  'structure.remapped': {
    2: '6.7.3.4',
    levels: ['a'],
    says: 'Standard structure types are not mapped to others.',
  },
  'structure.language': {
    1: '6.8.4',
    2: '6.7.4',
    levels: ['a'],
    says: 'Languages are written as language tags.',
  },
} satisfies Record<string, Rule>;
