export { SignIn as default } from '../features/session/sign-in.tsx';
