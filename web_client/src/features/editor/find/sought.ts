import { createContext } from 'react';
import type { Sought } from '../text/replacing';

/** What is looked for now, for each line to mark it; null while nobody looks for anything. */
export const SoughtNow = createContext<Sought | null>(null);
