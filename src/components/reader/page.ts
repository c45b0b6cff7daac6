import { rememberScheme } from './scheme.ts';

rememberScheme();
