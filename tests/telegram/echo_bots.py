"""Two echo bots to measure the webhook against: `python -m tests.telegram.echo_bots builtin|inline`.

builtin: python-telegram-bot's own `run_webhook`, as its documentation starts. inline: the set-up of our webhook
(Starlette, uvicorn, the answer in the response), with nothing behind it but an echo.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import AIORateLimiter, Application, ContextTypes, MessageHandler, filters

from bot.frontends.telegram.deferred import DeferringRequest, deferring
from bot.frontends.telegram.webhook import PATH

Builder = Any


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_html(update.message.text or "")


def builder() -> Builder:
    token, url = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["TELEGRAM_API_BASE_URL"]
    return Application.builder().token(token).base_url(url)


def builtin() -> None:
    application = builder().build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    port = int(os.environ["PORT"])
    application.run_webhook("127.0.0.1", port, url_path=PATH[1:], webhook_url=os.environ["WEBHOOK_URL"] + PATH)


def inline() -> None:
    limiter = AIORateLimiter(overall_max_rate=0, group_max_rate=0)
    application = builder().updater(None).rate_limiter(limiter).request(DeferringRequest()).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))

    async def answer(request: Request) -> Response:
        if not application.bot_data:
            await application.initialize()
            application.bot_data["started"] = True
        with deferring() as deferred:
            await application.process_update(Update.de_json(json.loads(await request.body()), application.bot))
        return Response(deferred.body, media_type="application/json")

    app = Starlette(routes=[Route(PATH, answer, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_config=None, access_log=False)


if __name__ == "__main__":
    {"builtin": builtin, "inline": inline}[sys.argv[1]]()
