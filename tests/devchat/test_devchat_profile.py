"""What the bot says of itself, and which menu somebody sees in which chat and language."""

from __future__ import annotations

import pytest
from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import BadRequest

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001


@pytest.fixture
def amina(devchat) -> int:
    person = devchat.people.meets("Amina", language_code="ar")["id"]
    devchat.people.joins(GROUP, person)
    return person


@pytest.fixture
def seen(devchat, session):
    """The names of the commands that somebody sees in a chat."""

    async def seen(person: int, chat: int) -> list[str]:
        async with session.get(f"{devchat.url}/page/state?as={person}") as answer:
            state = await answer.json()
        (found,) = [each for each in state["chats"] if each["id"] == chat]
        return [command["description"] for command in found["menu"]]

    return seen


async def test_everybody_sees_the_narrowest_menu_that_there_is(ptb, seen, amina) -> None:
    async def sets(name: str, scope: object, **more: str) -> None:
        await ptb.set_my_commands([("latest", name)], scope, **more)

    await sets("everywhere", None)
    assert await seen(amina, amina) == await seen(YOU, GROUP) == ["everywhere"]
    await sets("private", BotCommandScopeAllPrivateChats())
    await sets("groups", BotCommandScopeAllGroupChats())
    assert (await seen(YOU, YOU), await seen(amina, GROUP)) == (["private"], ["groups"])
    await sets("admins", BotCommandScopeAllChatAdministrators())
    assert (await seen(YOU, GROUP), await seen(amina, GROUP)) == (["admins"], ["groups"])
    await sets("this group", BotCommandScopeChat(GROUP))
    assert (await seen(YOU, GROUP), await seen(amina, GROUP)) == (["this group"], ["this group"])
    await sets("its admins", BotCommandScopeChatAdministrators(GROUP))
    assert (await seen(YOU, GROUP), await seen(amina, GROUP)) == (["its admins"], ["this group"])
    await sets("hers", BotCommandScopeChatMember(GROUP, amina))
    assert await seen(amina, GROUP) == ["hers"]
    await ptb.delete_my_commands(BotCommandScopeChatMember(GROUP, amina))
    assert await seen(amina, GROUP) == ["this group"]


async def test_a_menu_is_in_the_readers_language_where_there_is_one(ptb, seen, amina) -> None:
    await ptb.set_my_commands([("latest", "News")])
    await ptb.set_my_commands([("latest", "أخبار")], language_code="ar")
    assert (await seen(YOU, YOU), await seen(amina, amina)) == (["News"], ["أخبار"])
    await ptb.set_my_commands([("latest", "Private")], BotCommandScopeAllPrivateChats())
    assert await seen(amina, amina) == ["Private"]  # the narrower scope wins over the language


async def test_name_and_descriptions_are_said_by_language(devchat, ptb, session, amina) -> None:
    await ptb.set_my_name("Headlines")
    await ptb.set_my_name("عناوين", language_code="ar")
    await ptb.set_my_description("News as it happens")
    await ptb.set_my_short_description("News", language_code="fr")
    assert (await ptb.get_my_name()).name == "Headlines"
    assert (await ptb.get_me()).first_name == "Headlines"
    assert (await ptb.get_my_description(language_code="ar")).description == "News as it happens"
    assert (await ptb.get_my_short_description()).short_description == ""
    assert (await ptb.get_my_short_description(language_code="fr")).short_description == "News"
    async with session.get(f"{devchat.url}/page/state?as={amina}") as answer:
        bot = (await answer.json())["bot"]
    assert (bot["first_name"], bot["description"]) == ("عناوين", "News as it happens")
    await ptb.set_my_name("", language_code="ar")
    assert (await ptb.get_my_name(language_code="ar")).name == "Headlines"


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("setMyName", {"name": "a" * 65}),
        ("setMyDescription", {"description": "a" * 513}),
        ("setMyShortDescription", {"short_description": "a" * 121}),
        ("setMyDescription", {"description": "a", "language_code": "english"}),
        ("setMyCommands", {"commands": [{"command": "Bad", "description": "a"}]}),
        ("setMyCommands", {"commands": [{"command": "a", "description": "a" * 257}]}),
        ("setMyCommands", {"commands": [{"command": "a", "description": "a"}] * 101}),
        ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}}),
        ("setChatMenuButton", {"menu_button": {"type": "castle"}}),
        ("setChatMenuButton", {"chat_id": GROUP, "menu_button": {"type": "commands"}}),
    ],
)
async def test_what_is_too_long_or_unknown_is_refused(api, method, call) -> None:
    assert (await api.complaint(method, **call)).startswith("Bad Request: ")


async def test_the_button_beside_the_composer_is_one_for_all_or_for_one(ptb) -> None:
    app = MenuButtonWebApp("Open", WebAppInfo("https://news.example/"))
    assert (await ptb.get_chat_menu_button()).type == "commands"
    await ptb.set_chat_menu_button(menu_button=app)
    assert (await ptb.get_chat_menu_button(YOU)).text == "Open"
    await ptb.set_chat_menu_button(YOU, MenuButtonCommands())
    assert (await ptb.get_chat_menu_button(YOU)).type == "commands"


async def test_an_action_is_shown_where_it_happens(devchat, ptb, api) -> None:
    await ptb.send_chat_action(YOU, "upload_document")
    assert {**devchat.chats.events[-1], "n": 0} == {
        "n": 0,
        "kind": "typing",
        "chat": YOU,
        "thread": 0,
        "action": "upload_document",
    }
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await ptb.send_chat_action(YOU, "dance")
