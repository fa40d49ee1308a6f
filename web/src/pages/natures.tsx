export { NaturesPage as default } from '../features/natures/runs-page.tsx';
