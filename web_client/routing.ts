/** Where the routes are, told to both the bundler and the type check. */
export const routing = {
  target: 'react' as const,
  autoCodeSplitting: true,
  routesDirectory: './src/app/routes',
  generatedRouteTree: './src/app/routeTree.gen.ts',
  routeFileIgnorePattern: '\\.test\\.',
};
