import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import type { ProxyOptions } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { budget } from './budget.ts';
import { type EarlyPage, early } from './early.ts';
import { routing } from './routing.ts';

/** `make dev` says where the API and the local AWS are, and with HTTPS=1 where its certificate lies. */
const { API_URL = 'http://127.0.0.1:8000', AWS_URL, AWS_PATHS = '', TLS_CERTIFICATE, TLS_KEY } = process.env;

/** What stands behind this server: one address for a phone, which reaches no other of this machine. */
const behind: Record<string, ProxyOptions> = {
  '/api': {
    target: API_URL,
    configure: (proxy) => {
      proxy.on('proxyRes', ({ headers }) => {
        // To the sign-in page, which is behind this server as well.
        if (AWS_URL && headers.location?.startsWith(AWS_URL)) {
          headers.location = headers.location.slice(AWS_URL.length);
        }
      });
    },
  },
};
if (AWS_URL) for (const path of AWS_PATHS.split(',')) behind[path] = { target: AWS_URL };

/** Name a file of texts by what shows them and in which language they are. */
const inLanguage = (shown: string) => (id: string) => `${shown}-${/([^/]+)\.json$/.exec(id)?.[1]}`;

/** What every page needs, in two files: dozens of small ones compress worse. Those that most begin without come apart. */
const everywhere = [
  {
    name: 'framework',
    test: /node_modules\/(?:react|react-dom|scheduler|use-sync-external-store|i18next|react-i18next|openapi-fetch|@tanstack\/(?:react-query|query-core|react-router|router-core|history|store|react-store))\//,
  },
  {
    name: 'common',
    test: /src\/(?:app\/(?!routes\/|texts\/|shell\/newVersion)|components\/(?!Field|Dialog|ConfirmDialog|Disclosure|EmptyState|Key|Mark|PageTabs|ProgressBar|pageIcons|[a-z]+\/)|lib\/(?!sound\/|spoken)|api\/(?!patience|documents|recitals|results|renditions|untilMade)).*\.tsx?$/,
  },
  {
    name: 'parts',
    test: /src\/(?:components\/(?:Field|Dialog|ConfirmDialog|EmptyState|Key|Mark|PageTabs|ProgressBar|pageIcons|list\/Length))\.tsx?$/,
  },
  // What is seen, and what is heard: from many small files, each of which is named in the first.
  {
    name: 'rendition',
    test: /src\/(?:components\/rendition\/.*|api\/(?:renditions|untilMade))\.tsx?$/,
  },
  { name: 'live', test: /src\/components\/results\/(?:LiveList|useLiveList|pages|ResultTabs)\.tsx?$/ },
  {
    name: 'player',
    test: /src\/components\/(?:player\/(?!Video|Captions|useCaptions|wholeScreen|icons)|reading\/).*\.tsx?$/,
  },
  // What is shown together is said together: each file of its own is one more request before anything is seen.
  { name: inLanguage('frame'), debugName: 'frame', test: /src\/(?:app|components)\/texts\/.*\.json$/ },
  {
    name: inLanguage('home'),
    debugName: 'home',
    test: /src\/features\/(?:home|recorder|uploads)\/texts\/.*\.json$/,
  },
  {
    name: inLanguage('results'),
    debugName: 'results',
    test: /src\/(?:features\/(?:results|transcript)|components\/(?:player|rendition))\/texts\/.*\.json$/,
  },
];

const MOST_SCRIPT_BYTES = 150_000;
const FIRST_PAGES: EarlyPage[] = [
  {
    name: 'The sign-in page',
    path: '/sign-in',
    modules: ['src/app/routes/sign-in.tsx?tsr-split=component'],
    namespaces: ['app', 'components', 'sign-in'],
  },
  {
    name: 'The home of who is signed in',
    path: '/',
    modules: [
      'src/app/routes/_member.tsx?tsr-split=component',
      'src/app/routes/_member/index.tsx?tsr-split=component',
    ],
    namespaces: ['app', 'components', 'home', 'recorder', 'uploads'],
  },
];

/** What people open next, or by a link. */
const NEXT_PAGES: EarlyPage[] = [
  {
    name: 'The results',
    path: '/results',
    modules: [
      'src/app/routes/_member.tsx?tsr-split=component',
      'src/app/routes/_member/results.index.tsx?tsr-split=component',
    ],
    namespaces: ['app', 'components', 'find', 'results', 'rendition'],
  },
  {
    name: 'A result',
    path: '/results/',
    modules: [
      'src/app/routes/_member.tsx?tsr-split=component',
      'src/app/routes/_member/results.$resultId.tsx?tsr-split=component',
    ],
    namespaces: ['app', 'components', 'transcript', 'results', 'player', 'rendition'],
  },
];

const COMPRESSED = /\.(?:css|html|js|json|svg|txt|webmanifest)$/;

export default defineConfig({
  plugins: [
    tanstackRouter(routing),
    react(),
    tailwindcss(),
    VitePWA({
      // Somebody may be recording: a new version waits until they agree to it.
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: ['*.svg', '*.png', 'early.js'],
      manifest: {
        id: '/',
        name: 'Lectern',
        short_name: 'Lectern',
        description: 'Collects speech and turns it into text.',
        display: 'standalone',
        start_url: '/',
        scope: '/',
        background_color: '#fbfaf8',
        theme_color: '#fbfaf8',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        // Pages come from the service while it can be reached: what they may load is in the headers that come
        // with them, and changes with its settings.
        navigateFallback: null,
        directoryIndex: null,
        runtimeCaching: [
          {
            urlPattern: ({ request, url }) =>
              request.mode === 'navigate' && !url.pathname.startsWith('/api/'),
            handler: 'NetworkOnly',
            options: { precacheFallback: { fallbackURL: '/index.html' } },
          },
        ],
        cleanupOutdatedCaches: true,
      },
    }),
    compression({ algorithms: ['brotliCompress', 'gzip'], include: COMPRESSED, threshold: 1024 }),
    early([...FIRST_PAGES, ...NEXT_PAGES]),
    budget(MOST_SCRIPT_BYTES, FIRST_PAGES),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: everywhere } } },
  },
  server: {
    // A phone on the same network is to reach it, and only then does a certificate make sense.
    host: TLS_CERTIFICATE ? '0.0.0.0' : '127.0.0.1',
    strictPort: true,
    proxy: behind,
    ...(TLS_CERTIFICATE && TLS_KEY
      ? { https: { cert: readFileSync(TLS_CERTIFICATE), key: readFileSync(TLS_KEY) } }
      : {}),
  },
  test: {
    environment: 'jsdom',
    pool: 'vmThreads', // as isolated as the default, in a fifth of its time
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
