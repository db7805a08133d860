import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../utf8.ts';
import { attributesMax, depthMax, tokenBytesMax } from '../xml-scanner.ts';
import { outcome, readBack } from './testing.ts';

const t = '1970-01-01T00:00:01.000+00:00';
const event = (inner: string) => `<event>${inner}<date key="time:timestamp" value="${t}"/></event>`;
const name = (text: string) => `<string key="concept:name" value="${text}"/>`;
const log = (inner: string) => `<log xes.version="1.0">${inner}</log>`;
const money = (minor: string, currency?: string) =>
  `<int key="huiliu:amountMinor" value="${minor}"/>${
    currency ? `<string key="huiliu:currency" value="${currency}"/>` : ''
  }`;
const one = (inner: string) => log(`<trace>${name('1')}${event(inner)}</trace>`);

describe('XES that is read', () => {
  test.each<[string, string, string[]]>([
    ['one event', one(name('A')), ['1|A|complete||1000']],
    [
      'declaration, comments, instructions, white space',
      `<?xml version="1.0" encoding="UTF-8" ?>\n<!-- a <log> -->\n<?x y?>${one(`\n\t${name('A')}`)}\n\n`,
      ['1|A|complete||1000'],
    ],
    ['a byte order mark', `\uFEFF${one(name('A'))}`, ['1|A|complete||1000']],
    [
      'attributes in any order',
      one(`<string value='A' key='concept:name' />`),
      ['1|A|complete||1000'],
    ],
    [
      'resource and lifecycle',
      one(
        `${name('A')}<string key="org:resource" value="bob"/><string key="lifecycle:transition" value="START"/>`,
      ),
      ['1|A|start|bob|1000'],
    ],
    [
      'a lifecycle nobody knows',
      one(`${name('A')}<string key="lifecycle:transition" value="In Progress"/>`),
      ['1|A|unknown||1000'],
    ],
    [
      'an empty resource is none',
      one(`${name('A')}<string key="org:resource" value=""/>`),
      ['1|A|complete||1000'],
    ],
    [
      'entities and numbers',
      one(name('a &amp; b &lt;&#x6C47;&#27969;&quot;&apos;&gt;')),
      ['1|a & b <汇流"\'>|complete||1000'],
    ],
    [
      'an entity in a key',
      one('<string key="concept&#58;name" value="A"/>'),
      ['1|A|complete||1000'],
    ],
    ['line ends in a value become blanks', one(name('a\r\nb\tc\nd')), ['1|a b c d|complete||1000']],
    ['a greater-than in a value', one(name('a > b')), ['1|a > b|complete||1000']],
    [
      'the trace named after its events',
      log(`<trace>${event(name('A'))}${name('late')}</trace>`),
      ['late|A|complete||1000'],
    ],
    ['a trace without a name', log(`<trace>${event(name('A'))}</trace>`), ['#1|A|complete||1000']],
    [
      'traces of one name are one case',
      log(
        `<trace>${name('1')}${event(name('A'))}</trace><trace>${name('1')}${event(name('B'))}</trace>`,
      ),
      ['1|A|complete||1000', '1|B|complete||1000'],
    ],
    [
      'globals and attributes of attributes mean nothing',
      log(
        `<global scope="event">${name('UNKNOWN')}</global><trace>${name('1')}${event(
          `<string key="concept:name" value="A">${name('inner')}</string>`,
        )}</trace>`,
      ),
      ['1|A|complete||1000'],
    ],
    [
      'a trace without events',
      log(`<trace>${name('0')}</trace><trace/><trace>${name('1')}${event(name('A'))}</trace>`),
      ['1|A|complete||1000'],
    ],
    [
      'CDATA and text are stepped over',
      one(`${name('A')}text<![CDATA[ <log> & ]]>`),
      ['1|A|complete||1000'],
    ],
    [
      'an attribute too long for one chunk',
      one(`${name('A')}<string key="note" value="${'x'.repeat(300_000)}"/>`),
      ['1|A|complete||1000'],
    ],
  ])('%s', (_, file, expected) => {
    expect(outcome(readBack(file))).toEqual(expected);
    expect(outcome(readBack(file, {}, file.length > 10_000 ? 4_999 : 1))).toEqual(expected);
  });

  test('two traces of one name are told', () => {
    const trace = `<trace>${name('1')}${event(name('A'))}</trace>`;
    expect(readBack(log(trace + trace))).toMatchObject({ source: { joinedTraces: 1 } });
  });

  test('a million events in one line need no line', () => {
    const trace = `<trace>${name('1')}${event(name('A')).repeat(1_000)}</trace>`;
    expect(outcome(readBack(log(trace), {}, 65_536))).toHaveLength(1_000);
  });
});

const latin = encodeUtf8(one(name('caf?'))).map((byte) => (byte === 63 ? 0xe9 : byte));

const many = Array.from({ length: attributesMax + 1 }, (_, i) => `a${i}="" `).join('');
const endless = ' '.repeat(tokenBytesMax + 1);

describe('XES that is refused', () => {
  test.each<[string, string | Uint8Array, string, string | null]>([
    [
      'a document type',
      `<!DOCTYPE log [<!ENTITY a "b">]>${one(name('A'))}`,
      'log_xml_doctype',
      '<!',
    ],
    [
      'an outside DTD',
      `\n<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>`,
      'log_xml_doctype',
      '<!',
    ],
    ['an entity of its own', one(name('&lol9;')), 'log_xml_entity', name('&lol9;')],
    ['an entity in text', one(`${name('A')}&nbsp;`), 'log_xml_entity', '&nbsp;'],
    ['a bare ampersand', one(name('a & b')), 'log_xml_malformed', name('a & b')],
    ['a character that XML forbids', one(name('a&#1;')), 'log_xml_malformed', name('a&#1;')],
    ['a control character', one(name('a\u0001')), 'log_xml_malformed', name('a\u0001')],
    ['another end tag', '<log><trace></log></trace>', 'log_xml_malformed', '</log>'],
    ['an attribute twice', '<log a="1" a="2"/>', 'log_xml_malformed', '<log'],
    ['no blank between attributes', '<log a="1"b="2"/>', 'log_xml_malformed', '<log'],
    ['a less-than in a value', one(name('a<b')), 'log_xml_malformed', name('a<b')],
    ['two roots', `${one(name('A'))}<log/>`, 'log_xml_malformed', '<log/>'],
    ['text outside the root', `${one(name('A'))}text<!-- -->`, 'log_xml_malformed', 'text'],
    ['cut off', '<log>\n<trace>\n<string key="co', 'log_xml_truncated', '<string'],
    ['cut off between tags', '<log><trace>', 'log_xml_truncated', ''],
    [
      'another encoding',
      '<?xml version="1.0" encoding="GBK"?><log/>',
      'log_encoding_declared',
      '<?',
    ],
    ['Latin-1', latin, 'log_not_utf8', null],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 60, 0, 108, 0, 111, 0]), 'log_encoding_not_utf8', null],
    ['no log', '<html><body></body></html>', 'log_xes_root', '<html'],
    ['an attribute as the root', '<string key="a" value="b"/>', 'log_xes_root', '<string'],
    ['an event outside a trace', log(event(name('A'))), 'log_xes_structure', '<event'],
    ['a trace in a trace', '<log><trace><trace/></trace></log>', 'log_xes_structure', '<trace/'],
    ['a log in a log', '<log><log/></log>', 'log_xes_structure', '<log/'],
    ['no name', one(''), 'log_event_without_activity', '</event>'],
    ['no time', `<log><trace><event>${name('A')}</event>`, 'log_event_without_time', '</event>'],
    ['a time that is none', one(name('A')).replace(t, 'soon'), 'log_time_unreadable', '<date'],
    ['an empty time', one(name('A')).replace(t, ''), 'log_time_unreadable', '<date'],
    ['no events', log(''), 'log_without_events', null],
    ['a name too long', one(name('A'.repeat(1_001))), 'log_name_too_long', null],
    ['half a cent', one(`${name('A')}${money('1.5', 'CNY')}`), 'log_amount_unreadable', null],
    ['no currency', one(`${name('A')}${money('15')}`), 'log_amount_unreadable', '</event>'],
    ['no such currency', one(`${name('A')}${money('1', 'XYZ')}`), 'log_amount_unreadable', null],
    ['elements too deep', '<log><list>'.concat('<a>'.repeat(depthMax)), 'log_xml_too_deep', null],
    ['too many attributes', `<log ${many}>`, 'log_xml_too_many_attributes', '<log'],
    ['a value without end', `<log><string key="${endless}`, 'log_xml_too_long', '<string'],
    ['text without end', `<log>${endless}`, 'log_xml_too_long', ' '],
    ['a comment without end', `<log><!--${endless}`, 'log_xml_too_long', '<!--'],
  ])('%s', (_, file, code, tokenText) => {
    for (const chunk of [2_000_000, 65_536]) {
      const read = readBack(file, {}, chunk);
      expect(read).toMatchObject({ ok: false, code });
      if (read.ok || tokenText === null || typeof file !== 'string') continue;
      const at = tokenText === '' ? file.length : file.indexOf(tokenText);
      expect(read.facts.byte).toBe(String(at + 1));
      expect(read.facts.line).toBe(String(file.slice(0, at).split('\n').length));
    }
  });

  test('a changed encoding makes its declaration worthless', () => {
    const file = `<?xml version="1.0" encoding="GBK"?>${one(name('A'))}`;
    expect(outcome(readBack(file, { transcoded: true }))).toEqual(['1|A|complete||1000']);
  });
});

/** The same events by saxes, a strict parser that others wrote; null when it refuses the text. */
function bySaxes(xml: string): string[] | null {
  const stack: { tag: string; fields: Record<string, string>; events: string[] }[] = [];
  const lines: string[] = [];
  let traces = 0;
  let bad = /<!DOCTYPE/.test(xml);
  const parser = new SaxesParser();
  parser.on('error', () => {
    bad = true;
  });
  parser.on('opentag', (node) => {
    const parent = stack.at(-1);
    const { key, value } = node.attributes;
    const known = ['string', 'date', 'list'].includes(node.name);
    if (parent && known && key !== undefined && value !== undefined) parent.fields[key] = value;
    stack.push({ tag: node.name, fields: {}, events: [] });
  });
  parser.on('closetag', (node) => {
    const closed = stack.pop()!;
    if (node.name === 'event') {
      const { 'concept:name': does } = closed.fields;
      stack.at(-1)?.events.push(`${does}|complete`);
    } else if (node.name === 'trace') {
      traces++;
      const of = closed.fields['concept:name'] ?? `#${traces}`;
      for (const line of closed.events) lines.push(`${of}|${line}`);
    }
  });
  parser.write(xml).close();
  return bad ? null : lines;
}

test('saxes, a parser by other hands, reads and refuses the same files', {
  timeout: 60_000,
}, () => {
  const units = ['a', '汇', '&amp;', '&#65;', '&lt;', ' ', '>', "'", '\n', '😀'];
  const textOf = (from: readonly string[]) =>
    fc.string({ unit: fc.constantFrom(...from), minLength: 1, maxLength: 6 });
  const text = fc.oneof(
    { weight: 40, arbitrary: textOf(units) },
    { weight: 1, arbitrary: textOf([...units, '&', '<']) },
  );
  const piece = fc.oneof(
    { weight: 24, arbitrary: text.map((each) => event(name(`x${each}`))) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('<!-- a -- b -->', '<!-- a -->', '<?pi?>', ']]>', 'a]]'),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('<![CDATA[<]]>', '</event>', '<event', '<a:b/>', '<list/>'),
    },
  );
  const traces = fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  });
  const damage = fc.option(
    fc.record({
      at: fc.nat(),
      drop: fc.nat({ max: 3 }),
      put: fc.constantFrom('', '<', '"', '&', '/', '='),
    }),
    { freq: 2 },
  );
  let both = 0;
  fc.assert(
    fc.property(traces, damage, fc.integer({ min: 1, max: 60 }), (inner, hurt, chunk) => {
      const body = inner
        .map((list, i) => `<trace>${name(`t${i}`)}${list.join('')}</trace>`)
        .join('\n');
      let xml = log(body);
      if (hurt) {
        const at = hurt.at % xml.length;
        xml = xml.slice(0, at) + hurt.put + xml.slice(at + hurt.drop);
        xml = xml.toWellFormed();
      }
      const theirs = bySaxes(xml);
      const ours = readBack(xml, {}, chunk);
      if (theirs === null) expect(ours.ok).toBe(false);
      else if (ours.ok) {
        both++;
        const told = ours.lines.map((line) => line.split('|').slice(0, 3).join('|'));
        expect(told.toSorted()).toEqual(theirs.toSorted());
      } else expect(ours.code).not.toMatch(/^log_(xml|not_utf8|encoding)/);
    }),
    { numRuns: 3_000 },
  );
  expect(both).toBeGreaterThan(300);
});
