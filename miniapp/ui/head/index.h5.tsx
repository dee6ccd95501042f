/** The browser's twin: what WeChat's navigation bar does there, back and the title. Tabs have none; the live room brings its own. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { goBack } from '../../lib/go'
import { texts } from '../../texts'
import { Icon } from '../icon'
import { Tap } from '../tap'

const TABS = ['/pages/home/index', '/pages/mine/index']

export function Head() {
  const [{ page, router }] = useState(() => Taro.getCurrentInstance())
  const path = router?.path.split('?')[0] ?? ''
  if (TABS.includes(path) || path === '' || path === '/') return null
  return (
    <div className="head">
      <Tap look="bare" label={texts.common.back} onTap={goBack}>
        <Icon name="back" />
      </Tap>
      <h1 className="head-title">{page?.config?.navigationBarTitleText ?? texts.app.name}</h1>
    </div>
  )
}
