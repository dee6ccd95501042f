/** A shop's head and story as buyers see them on the phone. */
import { profileFieldWords } from '@shared/storefront/words.ts'
import { texts } from '@/lib/texts.ts'
import type { Picture } from '@/lib/upload.ts'
import './Preview.css'

export interface Front {
  story: string
  avatar: Picture | null
  pictures: Picture[]
}

export function Preview({ title, shop, front }: { title: string; shop: { name: string; village: string }; front: Front }) {
  return (
    <section className="stack-s" aria-label={title}>
      <h3>{title}</h3>
      <div className="front-preview">
        <div className="front-preview-head">
          <div className="front-preview-face">{front.avatar ? <img src={front.avatar.thumb} alt={texts.profile.avatarAlt} /> : null}</div>
          <div>
            <h2 className="wrap">{shop.name}</h2>
            <p className="hint small">{shop.village}</p>
          </div>
        </div>
        <h3>{profileFieldWords.story}</h3>
        {front.pictures.length > 0 ? (
          <div className="front-preview-photos">
            {front.pictures.map((picture, n) => (
              <div key={picture.id}>
                <img src={picture.card} alt={texts.photos.alt(n + 1)} />
              </div>
            ))}
          </div>
        ) : null}
        <p className={front.story.trim() === '' ? 'hint' : 'front-preview-story'}>{front.story.trim() || texts.profile.noStory}</p>
      </div>
    </section>
  )
}
