export { RightsRequest as default } from '../features/people/request.tsx';
