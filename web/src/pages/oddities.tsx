export { Oddities as default } from '../features/desk/oddities.tsx';
