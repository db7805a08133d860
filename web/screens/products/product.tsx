import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { ProductAnswer } from '../../../src/contract/product/products.ts';
import { productQuery } from '../../api/products.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';
import { Changes, Differences } from './changes.tsx';
import { ChangeForm } from './draft.tsx';
import { parameterName, parameterText } from './words.ts';
import '../../styles/products.css';

type Version = ProductAnswer['versions'][number];

/** One product: its parameters, what waits for a second person, its versions, its changes. */
export function Screen() {
  const params = useParams();
  const family = present(params['family'], 'a family in the address');
  const code = present(params['code'], 'a product in the address');
  const found = useQuery(productQuery(family, code));
  return <Answer of={found}>{(product) => <Product key={code} product={product} />}</Answer>;
}

function Product({ product }: { product: ProductAnswer }) {
  const { t, i18n } = useTranslation();
  const mayDraft = useMay('draft_products');
  const [isChanging, setChanging] = useState(false);
  const name = product.name[i18n.language === 'en' ? 'en' : 'zh-CN'];
  usePageTitle(name);
  const shown = shownVersion(product.versions);
  return (
    <>
      <div className="head">
        <h1>{name}</h1>
        <Status kind={stateKinds[shown.state]}>{t(`productState.${shown.state}`)}</Status>
        <span className="spread" />
        {mayDraft && !isChanging && (
          <Button onClick={() => setChanging(true)}>{t('product.change')}</Button>
        )}
        <Link to="/products">{t('page.products')}</Link>
        <Facts product={product} version={shown} />
      </div>
      <Changes product={product} />
      <section className="pane" aria-label={t('product.parameters')}>
        <h2>{t('product.parameters')}</h2>
        {isChanging ? (
          <ChangeForm product={product} version={shown} done={() => setChanging(false)} />
        ) : (
          <Parameters version={shown} />
        )}
      </section>
      <section className="pane" aria-label={t('product.history')}>
        <h2>{t('product.history')}</h2>
        <Versions versions={product.versions} />
      </section>
    </>
  );
}

const stateKinds = { in_force: 'done', to_come: 'wait', past: 'wait' } as const;

/** The version in force; before the first day of any, the one that comes first. */
function shownVersion(versions: readonly Version[]): Version {
  const shown = versions.find(({ state }) => state === 'in_force') ?? versions.at(-1);
  return present(shown, 'a version of the product');
}

function Facts({ product, version }: { product: ProductAnswer; version: Version }) {
  const { t } = useTranslation();
  const facts = [
    ['product.code', product.code],
    ['product.family', t(`productFamily.${product.family}`)],
    ['product.since', version.effectiveFrom],
    ['product.madeBy', version.madeBy],
    ['product.checkedBy', version.checkedBy],
  ] as const;
  return (
    <div className="facts-line">
      {facts.map(([label, value]) => (
        <span key={label}>
          {t(label)}
          <b>{value}</b>
        </span>
      ))}
    </div>
  );
}

function Parameters({ version }: { version: Version }) {
  const { t, i18n } = useTranslation();
  return (
    <Scroll label={t('product.parameters')}>
      <table className="parameters">
        <thead>
          <tr>
            <th>{t('product.parameter')}</th>
            <th>{t('product.value')}</th>
            <th>{t('product.place')}</th>
          </tr>
        </thead>
        <tbody>
          {version.parameters.map(({ path, text }) => (
            <tr key={path}>
              <td>{parameterName(t, i18n, path)}</td>
              <td>{parameterText(t, i18n, path, text)}</td>
              <td className="mono muted">{path}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Versions({ versions }: { versions: readonly Version[] }) {
  const { t } = useTranslation();
  return (
    <Scroll label={t('product.history')}>
      <table>
        <thead>
          <tr>
            <th>{t('product.since')}</th>
            <th>{t('product.state')}</th>
            <th>{t('product.differences')}</th>
            <th>{t('product.madeBy')}</th>
            <th>{t('product.checkedBy')}</th>
            <th>{t('product.madeAt')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.effectiveFrom}>
              <td className="nowrap">{version.effectiveFrom}</td>
              <td>
                <Status kind={stateKinds[version.state]}>
                  {t(`productState.${version.state}`)}
                </Status>
              </td>
              <td>
                <Differences differences={version.differences} />
              </td>
              <td>{version.madeBy}</td>
              <td>{version.checkedBy}</td>
              <td className="nowrap">{instantOf(version.madeAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
