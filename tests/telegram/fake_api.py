"""A Bot API over real HTTP: as strict as Telegram, and as slow or unwilling as a test wants it."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp
from aiohttp import web

from tests.telegram.judge import (
    JSON_PARAMETERS,
    FormattedText,
    Judge,
    RefusedError,
    check_callback_answer,
    check_commands,
    check_description,
)

BOT = {"id": 123456789, "is_bot": True, "first_name": "报告", "username": "ReportTestBot"}
TOKEN = f"{BOT['id']}:" + "test-token_" * 3
#: seconds that a test waits for the bot at most
PATIENCE = 20.0


@dataclass
class Call:
    """A call the bot made, as it was answered."""

    method: str
    parameters: dict[str, Any]
    error: tuple[int, str] | None = None
    shown: FormattedText | None = None
    message: dict[str, Any] = field(default_factory=dict)
    done: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    #: whether it came in the response to an update
    inline: bool = False

    def texts(self, entity: str) -> list[str]:
        """The parts of the text that are bold, or blockquote."""
        return [e.text for e in self.shown.entities if e.type == entity] if self.shown else []

    @property
    def text(self) -> str:
        return self.shown.text if self.shown else ""

    @property
    def buttons(self) -> dict[str, str]:
        """Label: data, in reading order."""
        rows = self.parameters.get("reply_markup", {}).get("inline_keyboard", [])
        return {b["text"]: b["callback_data"] for row in rows for b in row if "callback_data" in b}

    @property
    def links(self) -> dict[str, str]:
        """Label: address, of the buttons that open one."""
        rows = self.parameters.get("reply_markup", {}).get("inline_keyboard", [])
        return {b["text"]: b["url"] for row in rows for b in row if "url" in b}


class FakeTelegram:
    """Runs in a thread of its own; the methods below are for the test's thread."""

    def __init__(self, port: int = 0) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.polls = 0
        self.rejects_token = False
        self.webhook_url = ""
        self.webhook_secret = ""
        self.deliveries = 0
        self._chats: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closing = False
        self._judge = Judge()
        self._failures: dict[str, list[tuple[int, str, dict[str, int]]]] = defaultdict(list)
        self._delays: dict[str, float] = {}
        self._updates: list[dict[str, Any]] = []
        self._next_id = 1000
        self._open_queries: set[str] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._news = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._runner, self.port = self._run(self._listen(port))

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    def close(self) -> None:
        self._closing = True
        self._run(self._shut_down())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def new_id(self) -> int:
        with self._changed:
            self._next_id += 1
            return self._next_id

    def deliver(self, **kind: dict[str, Any]) -> None:
        """Have the bot fetch an update, e.g. deliver(message={…})."""
        update = {"update_id": self.new_id(), **kind}
        self._judge.check_update(update)
        for query in ("callback_query", "inline_query"):
            if query in kind:
                self._open_queries.add(kind[query]["id"])
        if self.webhook_url:
            asyncio.run_coroutine_threadsafe(self._post(update), self._loop)
            return
        with self._changed:
            self._updates.append(update)
        self._loop.call_soon_threadsafe(self._news.set)

    def fail(self, method: str, status: int, description: str, *, times: int = 1, **parameters: int) -> None:
        """Answer the next calls of a method with an error."""
        self._failures[method] += [(status, description, parameters)] * times

    def delay(self, method: str, seconds: float) -> None:
        """Take that long to answer a method."""
        self._delays[method] = seconds

    def poll_from_elsewhere(self) -> None:
        """Fetch updates as another program with the same token would: the bot's own request ends in a conflict."""
        self._run(self._get_updates({}))

    def wait(self, condition: Callable[[], Any], what: str) -> Any:
        """Wait until the condition is true and return its value."""
        deadline = time.monotonic() + PATIENCE
        with self._changed:
            while not (value := condition()):
                if not self._changed.wait(deadline - time.monotonic()):
                    raise AssertionError(f"no {what}; calls so far: {[c.method for c in self.calls][-20:]}")
            return value

    def wait_for_call(self, method: str, since: int = 0, **parameters: object) -> Call:
        """The first answered call of a method after call number `since` that has these parameters."""

        def find() -> Call | None:
            for call in self.calls[since:]:
                if call.done and call.method == method and call.parameters.items() >= parameters.items():
                    return call
            return None

        call = self.wait(find, f"{method} with {parameters}")
        assert isinstance(call, Call)
        return call

    @property
    def unconfirmed(self) -> list[dict[str, Any]]:
        """Updates that the bot would get again at its next start."""
        return list(self._updates)

    async def _post(self, update: dict[str, Any]) -> None:
        """Post an update to the webhook until it is taken, and make the call it answers with; one chat's in order."""
        wait = 0.05
        async with self._chats[_chat_of(update)]:
            while not self._closing:
                self.deliveries += 1
                try:
                    headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
                    timeout = aiohttp.ClientTimeout(total=PATIENCE)
                    async with (
                        aiohttp.ClientSession(timeout=timeout) as session,
                        session.post(self.webhook_url, json=update, headers=headers) as response,
                    ):
                        body = await response.read()
                        if response.status == HTTPStatus.OK:
                            if body:
                                await self._call_in(json.loads(body))
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(wait)
                wait = min(wait * 2, 1.0)

    async def _call_in(self, answer: dict[str, Any]) -> None:
        """The call that a webhook's response holds."""
        method = answer.pop("method")
        form = {k: json.dumps(v) if k in JSON_PARAMETERS or isinstance(v, bool) else str(v) for k, v in answer.items()}
        await self._make(Call(method, {}, inline=True), form)

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    async def _listen(self, port: int) -> tuple[web.AppRunner, int]:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return runner, runner.addresses[0][1]

    async def _shut_down(self) -> None:
        await self._runner.cleanup()
        # Polls of a bot that was killed still wait.
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN or self.rejects_token:
            return _error(401, "Unauthorized")
        posted = await request.post()
        files = {k: v.file.read() for k, v in posted.items() if isinstance(v, web.FileField)}
        form = {k: v if isinstance(v, str) else "attach://file" for k, v in posted.items()}
        if method == "getUpdates":
            return await self._get_updates(self._judge.read_call(method, form))
        return await self._make(Call(method, {}, files=files), form)

    async def _make(self, call: Call, form: dict[str, str]) -> web.Response:
        method = call.method
        with self._changed:
            self.calls.append(call)
        try:
            call.parameters = self._judge.read_call(method, form)
            self._announce()
            await asyncio.sleep(self._delays.get(method, 0))
            if self._failures[method]:
                status, description, parameters = self._failures[method].pop(0)
                call.error = (status, description)
                return _error(status, description, parameters)
            return web.json_response({"ok": True, "result": self._answer(call)})
        except RefusedError as error:
            call.error = (400, str(error))
            self.violations.append(f"{method}: {error}")
            return _error(400, f"Bad Request: {error}")
        except LookupError as error:
            call.error = (400, str(error))
            return _error(400, f"Bad Request: {error.args[0]}")
        finally:
            call.done = True
            self._announce()

    def _announce(self) -> None:
        with self._changed:
            self._changed.notify_all()

    async def _get_updates(self, parameters: dict[str, Any]) -> web.Response:
        with self._changed:
            self.polls += 1
            mine = self.polls
            offset = int(parameters.get("offset", 0))
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
            self._changed.notify_all()
        self._news.set()  # wakes an older request, which this one ends
        until = self._loop.time() + int(parameters.get("timeout", 0))
        while not self._failures["getUpdates"]:
            if self.webhook_url or mine != self.polls:
                return _error(409, "Conflict: terminated by other getUpdates request")
            if self._updates or self._loop.time() >= until:
                return web.json_response({"ok": True, "result": self._updates[: int(parameters.get("limit", 100))]})
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), until - self._loop.time())
            except TimeoutError:
                continue
        status, description, more = self._failures["getUpdates"].pop(0)
        return _error(status, description, more)

    def _answer(self, call: Call) -> Any:
        match call.method:
            case "getMe":
                return BOT
            case "getWebhookInfo":
                return {"url": self.webhook_url, "has_custom_certificate": False, "pending_update_count": 0}
            case "setWebhook":
                self.webhook_url = call.parameters["url"]
                self.webhook_secret = call.parameters.get("secret_token", "")
                if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret):
                    raise RefusedError("secret token contains unallowed characters")
            case "deleteWebhook":
                self.webhook_url = ""
            case "setMyCommands":
                check_commands(call.parameters["commands"])
            case "setMyDescription" | "setMyShortDescription":
                check_description(call.parameters)
            case "answerInlineQuery":
                self._judge.check_inline_answer(call.parameters)
                if call.parameters["inline_query_id"] not in self._open_queries:
                    raise LookupError("query is too old and response timeout expired or query ID is invalid")
                self._open_queries.discard(call.parameters["inline_query_id"])
            case "sendMessage":
                return self._show(call, self.new_id())
            case "sendPhoto":
                chat = {"id": int(call.parameters["chat_id"]), "type": "private", "first_name": "用户"}
                photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
                return {"message_id": self.new_id(), "date": 1, "chat": chat, "from": BOT, "photo": photo}
            case "editMessageText":
                old = self._message(int(call.parameters["chat_id"]), int(call.parameters["message_id"]))
                call.shown = self._judge.read_text(call.parameters)
                if (old["text"], old.get("reply_markup")) == (call.shown.text, call.parameters.get("reply_markup")):
                    raise LookupError("message is not modified: specified new message content is exactly the same")
                return self._show(call, old["message_id"])
            case "answerCallbackQuery":
                check_callback_answer(call.parameters)
                if call.parameters["callback_query_id"] not in self._open_queries:
                    raise LookupError("query is too old and response timeout expired or query ID is invalid")
                self._open_queries.discard(call.parameters["callback_query_id"])
            case other:
                raise RefusedError(f"the fake doesn't know {other}")
        return True

    def _show(self, call: Call, message_id: int) -> dict[str, Any]:
        call.shown = self._judge.read_text(call.parameters)
        chat_id = int(call.parameters["chat_id"])
        chat = {"id": chat_id, "type": "private", "first_name": "用户"}
        if chat_id < 0:
            chat = {"id": chat_id, "type": "supergroup", "title": "群"}
        message = {"message_id": message_id, "date": 1, "chat": chat, "from": BOT, "text": call.shown.text}
        message["entities"] = [{"type": e.type, "offset": e.offset, "length": e.length} for e in call.shown.entities]
        if "reply_markup" in call.parameters:
            message["reply_markup"] = call.parameters["reply_markup"]
        call.message = message
        return message

    def _message(self, chat_id: int, message_id: int) -> dict[str, Any]:
        for call in reversed(self.calls):
            if call.message and (call.message["chat"]["id"], call.message["message_id"]) == (chat_id, message_id):
                return call.message
        raise LookupError("message to edit not found")


def _chat_of(update: dict[str, Any]) -> int:
    content = next(value for key, value in update.items() if key != "update_id")
    chat = content.get("chat") or content.get("message", {}).get("chat") or content["from"]
    return int(chat["id"])


def _error(status: int, description: str, parameters: dict[str, int] | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=status)
