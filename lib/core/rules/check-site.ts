import type { Issue } from '../issue';
import { presets } from '../presets';
import type { Site } from '../site/schema';
import { rules } from '.';

/** Findings of all rules across fields, worst first. Warnings and advice leave the document valid. */
export function checkSite(site: Site): readonly Issue[] {
  const preset = presets[site.preset];
  const issues = Object.values(rules).flatMap((rule) => rule(site, preset));
  const order = ['error', 'warning', 'advice'];
  return issues.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
