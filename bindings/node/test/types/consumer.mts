/* An ES module that uses the package by its name, as a user's does. */
import care, { Conversation, type Finding } from 'libcare';

const conversation: Conversation = new care.Conversation();
const findings: Finding[] = conversation.feed('I am so sorry.', { role: 'agent' });
export const excuses: string[] = findings.filter((finding) => finding.signal.startsWith('excuse.')).map((finding) => finding.text);
export const later: Promise<number> = care.analyzeBatchAsync(['x']).then((batch) => batch.findingCount);

export function excusesIn(texts: string[]): number {
  using one = new Conversation(new care.Analyzer());
  return texts.flatMap((text) => one.feed(text)).filter((finding) => finding.signal.startsWith('excuse.')).length;
}
