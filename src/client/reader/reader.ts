import { handleFolds } from './folds.ts';
import { markFresh } from './fresh.ts';
import { listenForKeys } from './keys.ts';
import { rememberDensity } from './memory.ts';
import { rememberScheme } from './scheme.ts';

rememberScheme();
rememberDensity();
markFresh();
handleFolds();
listenForKeys();
