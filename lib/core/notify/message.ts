import type { NotifyEvent } from './event';
import { eventWords } from './event-words';

/** What a message says besides its event. */
export interface Frame {
  readonly team: { readonly slug: string; readonly name: string };
  /** ISO 8601. */
  readonly at: string;
  /** Scheme and host of the dashboard; `null` where nobody told it: messages then carry no links. */
  readonly origin: string | null;
}

/** Page of the dashboard that tells more. */
function linkOf({ team, origin }: Frame, page: string): string | null {
  return origin === null ? null : `${origin}/${encodeURIComponent(team.slug)}/${page}`;
}

/** The body of a signed webhook: type, time and facts, after the Standard Webhooks specification. */
export function jsonMessage(event: NotifyEvent, frame: Frame) {
  const { name, ...facts } = event;
  const { title, page } = eventWords(event);
  return {
    type: name,
    timestamp: frame.at,
    data: { team: frame.team, title, url: linkOf(frame, page), ...facts },
  };
}

/**
 * Text that Slack shows as it is: without the three characters that could start a link, a mention of everybody or an entity
 * (docs.slack.dev, “Formatting message text”: escape `&`, `<` and `>`, nothing else), and without line breaks of its own.
 */
export function slackEscape(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The body of an incoming webhook of Slack, which Mattermost, Rocket.Chat and others understand as well. */
export function slackMessage(event: NotifyEvent, frame: Frame): { text: string } {
  const { title, facts, page } = eventWords(event);
  const link = linkOf(frame, page);
  const lines = [
    slackEscape(title),
    ...facts.map((fact) => `• ${slackEscape(fact)}`),
    // The address is ours, but nothing in it may end the link early.
    ...(link ? [`<${slackEscape(link).replaceAll('|', '%7C')}|Open in Gatehouse>`] : []),
  ];
  return { text: lines.join('\n') };
}

/** An e-mail in plain text. Names cannot start another header or another paragraph. */
export function mailMessage(event: NotifyEvent, frame: Frame): { subject: string; text: string } {
  const { title, facts, page } = eventWords(event);
  const link = linkOf(frame, page);
  const settings = linkOf(frame, 'settings/notifications');
  const text = [
    `${oneLine(title)}.`,
    '',
    ...facts.map(oneLine),
    ...(link ? ['', link] : []),
    '',
    '-- ',
    `Gatehouse, team ${oneLine(frame.team.name)}.${settings ? ` Choose what you are told: ${settings}` : ''}`,
    '',
  ].join('\n');
  return { subject: `[${oneLine(frame.team.name)}] ${oneLine(title)}`.slice(0, 200), text };
}

/** A line without breaks, control characters and characters that turn the direction of the text around. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .slice(0, 500);
}
