import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../utf8.ts';
import { readPnml } from './pnml.ts';

const place = (id: string, tokens = 0) =>
  `<place id="${id}"><name><text>${id}</text></name>${
    tokens > 0 ? `<initialMarking><text>${tokens}</text></initialMarking>` : ''
  }</place>`;
const invisible = '<toolspecific tool="ProM" version="6.4" activity="$invisible$"/>';
const transition = (id: string, name: string, silent = false) =>
  `<transition id="${id}"><name><text>${name}</text></name>${silent ? invisible : ''}</transition>`;
const arc = (source: string, target: string, weight = '') =>
  `<arc id="${source}-${target}" source="${source}" target="${target}">${
    weight ? `<inscription><text>${weight}</text></inscription>` : ''
  }</arc>`;
const net = (inner: string, end = '') =>
  encodeUtf8(
    `<?xml version="1.0" encoding="UTF-8"?><pnml><net id="n" type="http://www.pnml.org/version-2009/grammar/ptnet"><page id="p">${inner}</page>${end}</net></pnml>`,
  );
const finals =
  '<finalmarkings><marking><place idref="c"><text>1</text></place></marking></finalmarkings>';
const usual =
  place('a', 1) +
  place('b') +
  place('c') +
  transition('t', 'Check &amp; pay') +
  transition('u', 'tau', true) +
  arc('a', 't') +
  arc('t', 'b') +
  arc('b', 'u') +
  arc('u', 'c');

describe('PNML', () => {
  test.each([
    ['with final markings', net(usual, finals)],
    ['without: the place that nothing leads out of', net(usual)],
  ])('%s', (_, bytes) => {
    expect(readPnml(bytes)).toEqual({
      ok: true,
      value: {
        places: 3,
        transitions: [
          { id: 't', label: 'Check & pay', inputs: [0], outputs: [1] },
          { id: 'u', label: null, inputs: [1], outputs: [2] },
        ],
        initial: [0],
        final: [2],
      },
    });
  });

  test('weights of arcs and several tokens', () => {
    const heavy = place('a', 2) + place('c') + transition('t', 'T') + arc('a', 't', '2');
    const read = readPnml(net(heavy + arc('t', 'c'), finals));
    expect(read).toMatchObject({
      ok: true,
      value: { initial: [0, 0], transitions: [{ inputs: [0, 0] }] },
    });
  });

  test.each([
    [
      'no beginning',
      net(usual.replace('<initialMarking>', '<x>').replace('</initialMarking>', '</x>')),
    ],
    ['an arc to nowhere', net(usual + arc('a', 'nowhere'))],
    ['another document', encodeUtf8('<html/>')],
  ])('%s is refused', (_, bytes) => {
    expect(readPnml(bytes)).toMatchObject({ ok: false, code: 'net_not_read' });
  });

  test('a document type is refused', () => {
    const bytes = encodeUtf8('<!DOCTYPE pnml><pnml/>');
    expect(readPnml(bytes)).toMatchObject({ ok: false, code: 'log_xml_doctype' });
  });
});
