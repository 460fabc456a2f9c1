import { saveWebhookShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { created, type Operation, ok, shown } from '../operation.ts'
import { pageOf } from '../schemas/common.ts'
import { ApiResponse } from '../schemas/lot.ts'
import { NewWebhook, Webhook } from '../schemas/webhook.ts'
import { withoutId, withPathId } from './with-path-id.ts'

const folder = '/v1/webhooks'
const own = { tag: 'Events', permission: 'INVENTORY.ADMIN' } as const
const params = { id: 'The id of the webhook.' }
const body = { shape: saveWebhookShape, without: ['id'] }

/** Who is told of what is written. */
export const webhooksRoutes: readonly Operation[] = [
  {
    ...own,
    method: 'GET',
    path: folder,
    id: 'listWebhooks',
    summary: 'List webhooks',
    description: 'All of them, with the state of their deliveries.',
    answers: { 200: { description: 'The webhooks.', schema: pageOf('WebhookPage', Webhook) } },
    handle: ({ webhooks }, { call }) => Effect.map(webhooks.findWebhooks(call), ok),
  },
  {
    ...own,
    method: 'GET',
    path: `${folder}/{id}`,
    id: 'getWebhook',
    summary: 'Read a webhook',
    params,
    answers: {
      200: { description: 'The webhook, with the state of its deliveries.', schema: Webhook, versioned: true },
    },
    refusals: ['NotFound'],
    handle: ({ webhooks }, { params: { id = '' }, call }) => Effect.map(webhooks.getWebhook(id, call), shown),
  },
  {
    ...own,
    method: 'POST',
    path: folder,
    id: 'createWebhook',
    summary: 'Create a webhook',
    description:
      'Every version of every record is sent to the address as a POST, signed by Standard Webhooks, in order of sequence and at least once; `webhook-id` is the same for a version however often it comes. Begins with what is written from now on, or after the sequence `after`. Anything but 2xx is tried again, later and later; what comes after waits. The secret is in this answer only: the answer that is kept for an Idempotency-Key is without it.',
    body,
    // What makes something new has no version for If-Match to name.
    refusals: ['VersionConflict'],
    answers: { 201: { description: 'The webhook as created.', schema: NewWebhook, versioned: true } },
    handle: ({ webhooks }, incoming) =>
      withoutId(incoming.body, (request) =>
        Effect.map(webhooks.saveWebhook(request, incoming.call), (made) => created(folder, made)),
      ),
  },
  {
    ...own,
    method: 'PATCH',
    path: `${folder}/{id}`,
    id: 'updateWebhook',
    summary: 'Change a webhook',
    description:
      'A given value replaces, null keeps. What waits is tried at once. `after` sets the position: to send again, or to leave out.',
    params,
    body,
    ifMatch: 'always',
    answers: { 200: { description: 'The webhook as changed.', schema: Webhook, versioned: true } },
    refusals: ['NotFound', 'VersionConflict'],
    handle: ({ webhooks }, incoming) =>
      withPathId('webhook', incoming.params['id'], incoming.body, (request) =>
        Effect.map(webhooks.saveWebhook(request, incoming.call), shown),
      ),
  },
  {
    ...own,
    method: 'DELETE',
    path: `${folder}/{id}`,
    id: 'deleteWebhook',
    summary: 'Delete a webhook',
    params,
    ifMatch: 'always',
    answers: { 200: { description: 'The webhook is deleted; `data` is its id.', schema: ApiResponse } },
    refusals: ['NotFound', 'VersionConflict'],
    handle: ({ webhooks }, { params: { id = '' }, call }) =>
      Effect.map(webhooks.deleteWebhook(id, call), (deleted) =>
        ok({ success: true, message: `webhook ${deleted.id} is deleted`, data: deleted.id, error: null }),
      ),
  },
]
