import { parentPort, workerData } from 'node:worker_threads'
import { layout } from '@lotbook/picture/layout'

const [lots, lines] = workerData as Parameters<typeof layout>
parentPort?.postMessage('begun')
parentPort?.postMessage(layout(lots, lines))
