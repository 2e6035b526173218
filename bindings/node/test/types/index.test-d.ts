/* What the types promise; checked by tsd. */
import { expectAssignable, expectError, expectType } from 'tsd';
import * as care from '../..';
import {
  Analyzer,
  Batch,
  CareError,
  CareErrorCode,
  Channel,
  Columns,
  Conversation,
  Evidence,
  Finding,
  Pack,
  Problem,
  Role,
  Rule,
  Signal,
  Slot,
  Suppressed,
} from '../..';

expectType<boolean>(care.hasApology('x'));
expectType<boolean>(care.hasExcuse('x', { role: 'bot' }));
expectType<boolean>(care.hasEmpathy('x', { previous: null, channel: 'chat' }));
expectType<boolean>(care.isTepid('x', { question: 'y' }));
expectError(care.hasApology());
expectError(care.hasApology(null));
expectError(care.hasApology(7));
expectError(care.hasApology('x', { role: 'king' }));
expectError(care.hasApology('x', { question: 'y' }));
expectError(care.isTepid('x', { previous: 'y' }));

const [finding] = care.analyze('x', { role: 'customer', previous: 'y', channel: 'survey' });
expectType<Finding>(finding);
expectType<Finding[]>(care.analyze('x'));
expectType<string>(finding.signal);
expectType<number>(finding.start);
expectType<string>(finding.text);
expectType<readonly Slot[]>(finding.slots);
expectType<readonly Evidence[]>(finding.evidence);
expectType<string | null>(finding.evidence[0].text);
expectType<readonly string[]>(finding.contexts);
expectError(finding.reason);
expectType<Suppressed[]>(care.suppressed('x'));
expectAssignable<Finding>(care.suppressed('x')[0]);
expectType<string>(care.suppressed('x')[0].reason);

const batch = care.analyzeBatch(['x'], { roles: ['agent'], channels: 'chat', conversations: [1], evidence: true });
expectType<Batch>(batch);
expectType<Finding[] | undefined>(batch.at(0));
expectType<number>(batch.length);
expectType<Record<string, number>>(batch.counts());
expectType<Finding[][]>(batch.toArray());
expectType<Columns>(batch.columns());
for (const findings of batch) expectType<Finding[]>(findings);
expectType<Promise<Batch>>(care.analyzeBatchAsync(new Set(['x']), { signal: new AbortController().signal }));
expectError(care.analyzeBatch([7]));
expectError(care.analyzeBatch(['x'], { roles: ['king'] }));
expectError(care.analyzeBatch(['x'], { roles: [null] }));
expectError(care.analyzeBatch(['x'], { signal: new AbortController().signal }));

const pack = Pack.english();
expectType<Pack>(pack);
expectType<Pack>(Pack.load(new Uint8Array(1)));
expectType<Pack>(Pack.load(new ArrayBuffer(1)));
expectType<Pack>(Pack.compile('x', { base: pack, file: 'x.care' }));
expectType<Pack>(Pack.compile([{ file: 'x', text: 'y' }]));
expectType<Pack>(Pack.compose(pack, pack, pack));
expectType<Signal[]>(pack.signals);
expectType<Rule[]>(pack.rules);
expectType<readonly Problem[]>(pack.notes);
expectType<CareErrorCode | 'ok'>(pack.notes[0].code);
expectAssignable<Uint8Array>(pack.toBytes());
expectType<void>(pack.close());
expectError(Pack.load('x'));
expectError((pack.name = 'x'));

const analyzer = new Analyzer(pack);
expectType<Analyzer>(new Analyzer());
expectType<Pack>(analyzer.pack);
expectType<boolean>(analyzer.isTepid('x', { question: 'y' }));
expectError(new Analyzer('english'));

const conversation = new Conversation(analyzer);
expectType<Finding[]>(conversation.feed('x', { role: 'customer', channel: 'chat' }));
expectType<Finding[]>(conversation.preview('x'));
expectType<Suppressed[]>(conversation.suppressed('x'));
expectType<number>(conversation.length);
expectError(conversation.feed('x', { previous: 'y' }));
expectError((conversation.length = 3));

expectType<readonly Role[]>(care.roles);
expectType<readonly Channel[]>(care.channels);
expectType<string>(care.version);

const error = new CareError('x', { code: 'state' });
expectAssignable<Error>(error);
expectType<CareErrorCode>(error.code);
expectType<number | null>(error.line);
expectType<Problem[]>(error.problems);
expectError(new CareError('x', { code: 'nonsense' }));
