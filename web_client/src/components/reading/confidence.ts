/** Below this an engine is not sure of a word. */
export const UNSURE = 0.5;
