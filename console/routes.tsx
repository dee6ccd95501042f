/** Every page by its address; each is its own bundle. A lost session leads to the login and back to the same page. */

import { createHashRouter } from 'react-router'
import { queryClient } from '@/lib/query.ts'
import { meOptions } from '@/lib/session.ts'
import { onSessionLost } from '@/lib/trpc.ts'
import { Broken, Gate, NotThere, Splash, Start } from '@/pages/frame.tsx'

export const router = createHashRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <Splash />,
    children: [
      { path: '/login', lazy: () => import('@/pages/login.tsx') },
      {
        element: <Gate />,
        children: [
          { index: true, element: <Start /> },
          { path: 'shop/:shopId/sessions/:sessionId/desk', lazy: () => import('@/pages/shop/desk.tsx') },
          {
            path: 'shop/:shopId',
            lazy: () => import('@/pages/shop/shell.tsx'),
            children: [
              {
                errorElement: <Broken />,
                children: [
                  { path: 'today', lazy: () => import('@/pages/shop/today.tsx') },
                  { path: 'listings', lazy: () => import('@/pages/shop/listings.tsx') },
                  { path: 'listings/import', lazy: () => import('@/pages/shop/import.tsx') },
                  { path: 'listings/:listingId', lazy: () => import('@/pages/shop/listing.tsx') },
                  { path: 'traces', lazy: () => import('@/pages/shop/traces.tsx') },
                  { path: 'traces/plots/:plotId', lazy: () => import('@/pages/shop/plot.tsx') },
                  { path: 'traces/batches/:batchId', lazy: () => import('@/pages/shop/batch.tsx') },
                  { path: 'sessions', lazy: () => import('@/pages/shop/sessions.tsx') },
                  { path: 'sessions/:sessionId', lazy: () => import('@/pages/shop/session.tsx') },
                  { path: 'orders', lazy: () => import('@/pages/shop/orders.tsx') },
                  { path: 'after-sale', lazy: () => import('@/pages/shop/after-sale.tsx') },
                  { path: 'offers', lazy: () => import('@/pages/shop/offers.tsx') },
                  { path: 'reviews', lazy: () => import('@/pages/shop/reviews.tsx') },
                  { path: 'money', lazy: () => import('@/pages/shop/money.tsx') },
                  { path: 'papers', lazy: () => import('@/pages/shop/papers.tsx') },
                  { path: 'papers/:paperId', lazy: () => import('@/pages/shop/paper.tsx') },
                  { path: 'profile', lazy: () => import('@/pages/shop/profile.tsx') },
                ],
              },
            ],
          },
          {
            path: 'park',
            lazy: () => import('@/pages/park/shell.tsx'),
            children: [
              {
                errorElement: <Broken />,
                children: [
                  { path: 'review', lazy: () => import('@/pages/park/review.tsx') },
                  { path: 'words', lazy: () => import('@/pages/park/words.tsx') },
                  { path: 'traces', lazy: () => import('@/pages/park/traces.tsx') },
                  { path: 'papers', lazy: () => import('@/pages/park/papers.tsx') },
                  { path: 'patrol', lazy: () => import('@/pages/park/patrol.tsx') },
                  { path: 'tenants', lazy: () => import('@/pages/park/tenants.tsx') },
                  { path: 'after-sale', lazy: () => import('@/pages/park/after-sale.tsx') },
                  { path: 'offers', lazy: () => import('@/pages/park/offers.tsx') },
                  { path: 'money', lazy: () => import('@/pages/park/money.tsx') },
                  { path: 'house', lazy: () => import('@/pages/park/house.tsx') },
                ],
              },
            ],
          },
        ],
      },
      { path: '*', element: <NotThere /> },
    ],
  },
])

onSessionLost(() => {
  const { pathname, search } = router.state.location
  if (pathname === '/login') return
  const known = queryClient.getQueryData(meOptions.queryKey) !== undefined
  void router.navigate(`/login?${new URLSearchParams({ ...(known ? { lost: '1' } : {}), back: pathname + search })}`, { replace: true })
})
