import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { draw } from '../testing.ts';
import { verifyModel } from '../verify/verify.ts';
import { read } from './read.ts';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">`;

function nested(tag: string, depth: number): string {
  const open = Array.from({ length: depth }, (_none, at) => `<${tag} id="n${at}">`).join('');
  return `${head}<process id="p">${open}${`</${tag}>`.repeat(depth)}</process></definitions>`;
}

const entities = Array.from({ length: 12 }, (_none, at) => {
  return `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`;
}).join('');

describe('files that mean harm', () => {
  test.each([
    ['nothing', '', 'xml_unreadable'],
    ['zeros', '\0'.repeat(1_000), 'xml_unreadable'],
    ['other words', 'no model at all', 'xml_unreadable'],
    ['a page', '<html><body>hi</body></html>', 'xml_unreadable'],
    ['half a file', draw('startEvent s\nendEvent e\ns -> e').slice(0, 300), 'xml_unreadable'],
    [
      'a bomb of entities',
      `<?xml version="1.0"?><!DOCTYPE d [${entities}]>${head}`,
      'xml_unreadable',
    ],
    ['tags without end', '<a>'.repeat(300_000), 'xml_too_deep'],
    ['quotes without end', '<a b="'.repeat(300_000), 'xml_unreadable'],
    ['scopes in scopes', nested('subProcess', 20_000), 'xml_too_deep'],
    ['too many signs', 'x'.repeat(20_000_001), 'xml_too_long'],
  ])('%s', async (_name, xml, code) => {
    expect(await read(xml)).toMatchObject({ ok: false, code });
  });

  test('as deep as allowed is compiled and verified', async () => {
    const model = await read(nested('subProcess', 400));
    expect(model.ok).toBe(true);
    if (!model.ok) return;
    expect(compile(model.value).program).not.toBeNull();
    expect(verifyModel(model.value).properties).not.toBeNull();
  });

  test('a sign of order inside an attribute is no end of a tag', async () => {
    const loop = Array.from(
      { length: 600 },
      (_none, at) => `<userTask id="t${at}" huiliu:assignee="if a > 1 then 2 else 3"/>`,
    );
    expect((await read(draw(`startEvent s\n${loop.join('\n')}`))).ok).toBe(true);
  });

  test('thirty free ways on give no verdict, and that at once', async () => {
    const ways = Array.from({ length: 30 }, (_none, at) => at);
    const lines = ways.map((at) => `userTask t${at}\nf -> t${at} : c = ${at}\nt${at} -> j`);
    const xml = draw(
      `startEvent s\ninclusiveGateway f\ninclusiveGateway j\nendEvent e\ns -> f\nj -> e\n${lines.join('\n')}`,
    );
    const model = await read(xml);
    expect(model.ok).toBe(true);
    if (!model.ok) return;
    const { sound, findings } = verifyModel(model.value, { statesMax: 3_000, reduce: true });
    expect(sound).toBe('unknown');
    expect(findings.map(({ rule }) => rule)).toContain('states_limit_reached');
  });
});
