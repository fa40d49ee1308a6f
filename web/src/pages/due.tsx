export { DuePage as default } from '../features/guidance/due-page.tsx';
