import { hillName } from '@shared/catalogue/hills.ts'
import { netWords } from '@shared/catalogue/units.ts'
import { classWords, kindWords, seasonWords, treeClassWords } from '@shared/catalogue/words.ts'
import type { Proof } from '@shared/traceability/draft.ts'
import { muOf } from '@shared/traceability/units.ts'
import { batchFieldWords, cropWords, plotFieldWords, proofWords, yieldWords } from '@shared/traceability/words.ts'
import { Image } from 'antd'
import type { ReactNode } from 'react'
import { texts } from '@/lib/texts.ts'
import { BatchBalance, PlotBalance } from './Balance.tsx'
import type { BatchOpened, PlotOpened } from './queries.ts'

const t = texts.traces

/** Facts with their names; what is not written is left out. */
function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value]) =>
        value === null || value === '' ? null : (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

type Pictures = PlotOpened['pictures']

/** Papers with their numbers and photos. */
export function Proofs({ proofs, pictures }: { proofs: readonly Proof[]; pictures: Pictures }) {
  return (
    <section className="stack-s">
      <h3>{t.proofs}</h3>
      {proofs.length === 0 ? <p className="hint">{t.noProofs}</p> : null}
      {proofs.map((proof) => {
        const picture = pictures.find((p) => p.id === proof.pictureId)
        return (
          <div key={`${proof.kind}${proof.number}${proof.pictureId}`} className="item">
            {picture ? (
              <Image
                width={88}
                height={88}
                className="photo"
                src={picture.card}
                preview={{ src: picture.full }}
                alt={`${proofWords[proof.kind]}${t.proofPhotoAlt}`}
              />
            ) : null}
            <span className="grow wrap">
              <span className="strong">{proofWords[proof.kind]}</span>
              <br />
              {proof.number || texts.common.none}
              {picture ? null : (
                <>
                  <br />
                  <span className="field-wrong">{t.noPhoto}</span>
                </>
              )}
            </span>
          </div>
        )
      })}
    </section>
  )
}

/** A plot as it was written, with what its years have given. */
export function PlotFacts({ plot }: { plot: Omit<PlotOpened, 'acts'> }) {
  const { draft } = plot
  return (
    <div className="stack">
      <Facts
        rows={[
          [plotFieldWords.crop, cropWords[draft.crop]],
          [plotFieldWords.hill, hillName(draft.hill)],
          [plotFieldWords.village, draft.village],
          [plotFieldWords.grower, draft.grower],
          [plotFieldWords.areaTenths, draft.areaTenths === null ? null : `${muOf(draft.areaTenths)} ${t.mu}`],
          [plotFieldWords.trees, draft.trees === null ? null : String(draft.trees)],
          [plotFieldWords.altitudeMetres, draft.altitudeMetres === null ? null : `${draft.altitudeMetres} ${t.metres}`],
          [plotFieldWords.treeClass, draft.treeClass === null ? null : treeClassWords[draft.treeClass]],
          [plotFieldWords.treeBasis, draft.treeBasis],
          [
            plotFieldWords.yearlyGrams,
            draft.yearlyGrams === null ? null : `${yieldWords[draft.crop][draft.yieldState]} ${netWords(draft.yearlyGrams)}`,
          ],
          [t.claimed, netWords(plot.claimedGrams)],
          [t.granted, plot.grantedGrams > 0 ? netWords(plot.grantedGrams) : null],
        ]}
      />
      {plot.state === 'verified' ? <PlotBalance plot={plot} /> : null}
      <Proofs proofs={draft.proofs} pictures={plot.pictures} />
    </div>
  )
}

/** A batch as it was written, with its material and its account. */
export function BatchFacts({ batch }: { batch: Omit<BatchOpened, 'acts'> }) {
  const { draft } = batch
  return (
    <div className="stack">
      <Facts
        rows={[
          [batchFieldWords.productClass, classWords[draft.productClass]],
          [batchFieldWords.kind, draft.kind === null ? null : kindWords[draft.kind]],
          [batchFieldWords.season, draft.season === null ? null : seasonWords[draft.season]],
          [batchFieldWords.materialYear, batch.materialYear === null ? null : `${batch.materialYear} ${t.year}`],
          [plotFieldWords.hill, hillName(batch.hill)],
          [batchFieldWords.village, batch.village],
          [batchFieldWords.madeGrams, draft.madeGrams === null ? null : netWords(draft.madeGrams)],
          [batchFieldWords.makerName, draft.makerName],
          [batchFieldWords.makerAddress, draft.makerAddress],
          [batchFieldWords.scNumber, draft.scNumber],
          [batchFieldWords.standardCode, draft.standardCode],
          [batchFieldWords.productionDate, draft.productionDate],
          [batchFieldWords.pressingDate, draft.pressingDate],
          [batchFieldWords.storedSince, draft.storedSince],
        ]}
      />
      <section className="stack-s">
        <h3>{t.parts}</h3>
        {draft.parts.length === 0 ? <p className="hint">{t.noParts}</p> : null}
        {draft.parts.map((part) => {
          if ('batchId' in part) {
            const parent = batch.parents.find((b) => b.id === part.batchId)
            return parent ? (
              <div key={part.batchId} className="stack-s">
                <span>{t.partOfBatch(parent.code, netWords(part.grams))}</span>
                <BatchBalance batch={parent} />
              </div>
            ) : null
          }
          const plot = batch.plots.find((p) => p.id === part.plotId)
          return plot ? (
            <div key={`${part.plotId}${part.year}`} className="stack-s">
              <span>{t.partOfPlot(plot.name, part.year, netWords(part.grams))}</span>
              <PlotBalance plot={{ ...plot, years: plot.years.filter((y) => y.year === part.year) }} />
            </div>
          ) : null
        })}
      </section>
      {batch.state === 'verified' || batch.state === 'frozen' ? <BatchBalance batch={batch} /> : null}
      <Proofs proofs={draft.proofs} pictures={batch.pictures} />
    </div>
  )
}
