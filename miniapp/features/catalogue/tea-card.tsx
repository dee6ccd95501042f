/** A tea as lists show it. */

import { Text, View } from '@tarojs/components'
import { go } from '../../lib/go'
import { texts } from '../../texts'
import { Photo } from '../../ui/photo'
import { Price } from '../../ui/price'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import type { ListingCardData } from './calls'
import { KindTag } from './kind-tag'
import './tea-card.scss'

/** A tea with the reason why it stands where it stands, where a list has one. */
type Reasoned = Omit<ListingCardData, 'shelvedAt'> & { reason?: string }

/** One tea, for lists that grow; they bring the grid. */
export function TeaCard({ tea }: { tea: Reasoned }) {
  return (
    <Tap look="bare" className="tea-card" label={tea.title} onTap={() => go('listing', { id: tea.id })}>
      <View className="tea-card-in">
        <Photo src={tea.picture.card} alt={tea.title} />
        {tea.reason ? <Text className="tea-card-reason">{tea.reason}</Text> : null}
        <View className="tea-card-words">
          <Text className="tea-card-title clip-2">{tea.title}</Text>
          <View className="wrap tea-card-tags">
            <KindTag ware={tea} />
            {tea.materialYear === null ? null : <Tag>{texts.tea.year(tea.materialYear)}</Tag>}
            {tea.shipBy ? <Tag tone="alarm">{texts.tea.presale}</Tag> : null}
          </View>
          <Price fen={tea.priceFen} unit={tea.unit} per100gFen={tea.per100gFen} />
          <Text className="hint clip-1">{tea.shop.name}</Text>
          <Text className="hint">{tea.left > 0 ? texts.tea.left(tea.left, tea.unit) : texts.tea.soldOut}</Text>
        </View>
      </View>
    </Tap>
  )
}

/** Two columns of teas; one where the text is large. */
export function TeaGrid({ teas }: { teas: readonly Reasoned[] }) {
  return (
    <View className="tea-grid">
      {teas.map((tea) => (
        <TeaCard key={tea.id} tea={tea} />
      ))}
    </View>
  )
}
