export { MediumPage as default } from '../features/media/medium-page.tsx';
