/** Writes the tree of routes, which the type check needs and the bundler would write as well. */
import { Generator, getConfig } from '@tanstack/router-generator';
import { routing } from './routing.ts';

const root = import.meta.dirname;
await new Generator({ config: getConfig(routing, root), root }).run();
