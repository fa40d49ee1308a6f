export { MediaPage as default } from '../features/media/media-page.tsx';
