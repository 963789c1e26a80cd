/** Runs Lighthouse in a browser that listens on a port, on each page as phones and as desks have it; writes a line of JSON for each run. */
import lighthouse, { desktopConfig } from 'lighthouse';

const [port, runs, ...addresses] = process.argv.slice(2);
const forms = { phone: undefined, desk: desktopConfig };

for (const address of addresses) {
  for (const [form, config] of Object.entries(forms)) {
    for (let run = 0; run < Number(runs); run += 1) {
      // Cookies are left: whoever is signed in stays so, and comes for the first time in all else.
      const { lhr } = await lighthouse(address, { port: Number(port), logLevel: 'error' }, config);
      const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
      const faults = Object.values(lhr.audits)
        .filter(({ score }) => score !== null && score < 0.9)
        .map(({ id, displayValue }) => (displayValue ? `${id} (${displayValue})` : id));
      process.stdout.write(`${JSON.stringify({ address, form, scores: Object.fromEntries(scores), faults })}\n`);
    }
  }
}
