import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProductListAnswer } from '../../../src/contract/product/products.ts';
import { productsQuery } from '../../api/products.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { parameterText } from './words.ts';

type Line = ProductListAnswer['products'][number];

/** 产品目录: everything the bank sells, with the version in force and what waits for approval. */
export function Screen() {
  const { t } = useTranslation();
  const found = useQuery(productsQuery);
  usePageTitle(t('page.products'));
  return (
    <>
      <div className="head">
        <h1>{t('page.products')}</h1>
      </div>
      <Scroll className="pane scroll-x" label={t('page.products')}>
        <Answer of={found}>
          {({ products }) =>
            products.length === 0 ? (
              <div className="empty">
                <b>{t('product.none')}</b>
                <span>{t('product.noneWhy')}</span>
              </div>
            ) : (
              <Lines products={products} />
            )
          }
        </Answer>
      </Scroll>
    </>
  );
}

function Lines({ products }: { products: readonly Line[] }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return (
    <table>
      <thead>
        <tr>
          <th>{t('product.name')}</th>
          <th>{t('product.code')}</th>
          <th>{t('product.family')}</th>
          <th>{t('product.kind')}</th>
          <th>{t('product.since')}</th>
          <th className="n">{t('product.versions')}</th>
          <th>{t('product.changes')}</th>
        </tr>
      </thead>
      <tbody>
        {products.map((one) => (
          <tr key={`${one.family} ${one.code}`}>
            <td>
              <Link to={`/products/${one.family}/${one.code}`}>{one.name[language]}</Link>
            </td>
            <td className="mono">{one.code}</td>
            <td>{t(`productFamily.${one.family}`)}</td>
            <td>{parameterText(t, i18n, 'kind', one.kind)}</td>
            <td className="nowrap">
              {one.effectiveFrom}{' '}
              {one.isToCome && <Status kind="wait">{t('productState.to_come')}</Status>}
            </td>
            <td className="n">{one.versions}</td>
            <td>
              {one.pending === 0 ? (
                '–'
              ) : (
                <Status kind="second">{t('product.pending', { count: one.pending })}</Status>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
