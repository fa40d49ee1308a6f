export { StatePage as default } from '../features/preservation/state-page.tsx';
