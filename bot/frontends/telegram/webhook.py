"""The webhook: an update is acknowledged only when it has been handled, with the answer in the response."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import InvalidToken, NetworkError

from bot.assistant import Assistant
from bot.frontends.telegram.application import App, build_application
from bot.frontends.telegram.asked import Asked, plain_question
from bot.frontends.telegram.deferred import DeferringRequest, deferring
from bot.frontends.telegram.handlers import UPDATE_TYPES, Handlers
from bot.frontends.telegram.logs import describe
from bot.frontends.telegram.menu import set_menu
from bot.frontends.telegram.metrics import PrometheusMetrics
from bot.frontends.telegram.observe import kind_of, observed
from bot.frontends.telegram.settings import Settings, StartError
from bot.frontends.telegram.sole import LISTEN_SECONDS, is_polled
from bot.frontends.telegram.stopping import at_stop
from bot.state.store import Store

#: where updates are posted to
PATH = "/telegram"
#: the header in which Telegram sends the secret that setWebhook told it
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not the secret
#: bytes of an update at most: the longest message has 4096 characters, and a thousand entities
MOST_BYTES = 1_000_000
#: connections that Telegram may open at once
_CONNECTIONS = 100
#: seconds after which Telegram is to try again with an update that another process is at
_TRY_AGAIN = "5"
#: seconds before connecting is tried again, doubling up to the second number
_RETRY_SECONDS = (1.0, 30.0)
#: seconds that another process, which listens whether somebody polls, may take to set the webhook
_PATIENCE = LISTEN_SECONDS + 3
#: seconds that requests in flight get at the end
_GRACE_SECONDS = 10

log = logging.getLogger(__name__)


def secret_of(token: str) -> str:
    """The webhook's secret: the same in every process with this token, and no way back to it."""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()


class _Delivered:
    """An update as posted: a plain question, or else what the library makes of it."""

    def __init__(self, data: dict[str, Any], bot: Bot) -> None:
        """Raises ValueError, KeyError, TypeError or AttributeError where the data is no update."""
        number = data["update_id"]
        if not isinstance(number, int):
            raise TypeError("an update's number is an integer")
        self.number = number
        self.question = plain_question(data)
        self._data = data
        self._bot = bot
        self.kind = "message" if self.question else kind_of(self.update)

    @cached_property
    def update(self) -> Update:
        """As the library reads it."""
        return Update.de_json(self._data, self._bot)


class Webhook:
    """Answers HTTP requests; `application` must be initialized before `is_ready` is set."""

    def __init__(self, application: App, handlers: Handlers, store: Store, secret: str) -> None:
        self._application = application
        self._handlers = handlers
        self._store = store
        self._secret = secret
        self._metrics = PrometheusMetrics()
        self.is_ready = False

    def routes(self) -> Sequence[Route]:
        """The webhook itself, and what operators ask."""
        return [
            Route(PATH, self._update, methods=["POST"]),
            Route("/healthz", self._health, methods=["GET"]),
            Route("/metrics", self._numbers, methods=["GET"]),
        ]

    async def _update(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return PlainTextResponse("wrong secret", 403)
        if not self.is_ready:
            return PlainTextResponse("starting", 503, {"Retry-After": _TRY_AGAIN})
        body = await _bounded(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            delivered = _Delivered(json.loads(body), self._application.bot)
        except (ValueError, KeyError, TypeError, AttributeError):
            return PlainTextResponse("not an update", 400)
        claim = await self._store.claim(delivered.number)
        if claim.is_ours:
            return await self._handle(delivered)
        if claim.answer is None:
            return PlainTextResponse("being handled", 503, {"Retry-After": _TRY_AGAIN})
        return self._response(delivered.number, "" if claim.sent else claim.answer)

    async def _handle(self, delivered: _Delivered) -> Response:
        number = delivered.number
        try:
            async with self._store.together():
                with observed(number, delivered.kind, self._metrics) as seen:
                    asked = delivered.question
                    answer = await (self._plainly(asked, delivered) if asked else self._by_library(delivered))
                await self._store.handled(number, answer, sent=not answer, outcome=seen.outcome)
        except BaseException:
            await self._store.release(number)
            raise
        return self._response(number, answer)

    async def _plainly(self, asked: Asked, delivered: _Delivered) -> str:
        """The response's body that answers a plain question."""
        view = await self._handlers.answer(asked, self._application.bot.username)
        if view is None:
            return ""
        message = delivered.update.message if view.may_have_picture else None
        if message is not None:
            with deferring() as deferred:
                await self._handlers.deliver(message, view)
            return deferred.body
        to = {"message_id": asked.message, "allow_sending_without_reply": True}
        call = {"method": "sendMessage", "chat_id": asked.chat, **view.message, "reply_parameters": to}
        return json.dumps(call)

    async def _by_library(self, delivered: _Delivered) -> str:
        """The response's body that answers any other update, "" where it needs none."""
        with deferring() as deferred:
            await self._application.process_update(delivered.update)
        return deferred.body

    def _response(self, update: int, answer: str) -> Response:
        if not answer:
            return Response(status_code=200)
        # Only when it is out: whoever asks again before that hasn't got it.
        sent = BackgroundTask(self._store.sent, update)
        return Response(answer, media_type="application/json", background=sent)

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ready" if self.is_ready else "starting", 200 if self.is_ready else 503)

    async def _numbers(self, _: Request) -> Response:
        return Response(self._metrics.exposition, media_type=self._metrics.content_type)


async def serve(assistant: Assistant, store: Store, settings: Settings) -> None:
    """Answer the webhook until SIGTERM or SIGINT; requests in flight are still answered.

    Raises StartError when Telegram doesn't take the token, another webhook is set, or another process polls.
    """
    request = DeferringRequest(connection_pool_size=_CONNECTIONS, connect_timeout=10, read_timeout=20)
    handlers = Handlers(assistant, store)
    application = build_application(handlers, settings, request)
    webhook = Webhook(application, handlers, store, secret_of(settings.token))
    config = uvicorn.Config(
        Starlette(routes=list(webhook.routes())),
        host="0.0.0.0",  # noqa: S104 - the platform's router comes from outside
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # nobody asks who posts: the secret tells
        lifespan="off",
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config)
    at_stop(lambda: setattr(server, "should_exit", True))
    ready = asyncio.create_task(_get_ready(webhook, application, assistant, settings, server))
    try:
        await server.serve()
    finally:
        ready.cancel()
        (failure,) = await asyncio.gather(ready, return_exceptions=True)
        await application.shutdown()
        log.info("已停止")
    if isinstance(failure, InvalidToken):
        raise StartError("telegram.rejected") from failure
    if isinstance(failure, Exception):
        raise failure


class _Server(uvicorn.Server):
    """Leaves signals alone: the library would raise them again at the end, and the exit would look like a crash."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _get_ready(
    webhook: Webhook, application: App, assistant: Assistant, settings: Settings, server: uvicorn.Server
) -> None:
    """Reach Telegram, however long it takes, and have it send updates here; a failure ends the server."""
    wait, longest = _RETRY_SECONDS
    try:
        while not webhook.is_ready:
            try:
                await application.initialize()
                await _set_webhook(application, settings)
                webhook.is_ready = True
            except NetworkError as error:
                log.warning("连不上 Telegram（%s），%g 秒后再试", describe(error), wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, longest)
        log.info("已连接 Telegram：@%s，开始接收消息（webhook）", application.bot.username)
        await set_menu(application.bot, assistant)
    except Exception:
        server.should_exit = True
        raise


async def _set_webhook(application: App, settings: Settings) -> None:
    url = settings.public_url + PATH
    info = await application.bot.get_webhook_info()
    if info.url not in ("", url):
        # Setting another would silence the program that this one was set for.
        raise StartError("telegram.other_webhook")
    if not info.url and await is_polled(application.bot) and not await _is_set_soon(application, url):
        raise StartError("telegram.polled_elsewhere")
    await application.bot.set_webhook(
        url,
        secret_token=secret_of(settings.token),
        allowed_updates=UPDATE_TYPES,
        max_connections=_CONNECTIONS,
    )


async def _is_set_soon(application: App, url: str) -> bool:
    """Whether who threw this process off was another one about to set the same webhook."""
    for _ in range(_PATIENCE):
        await asyncio.sleep(1)
        if (await application.bot.get_webhook_info()).url == url:
            return True
    return False


async def _bounded(request: Request) -> bytes | None:
    """The request's body, None if it is too large: no more than that is read."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
