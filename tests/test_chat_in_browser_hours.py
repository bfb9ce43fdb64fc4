"""What people see in a real browser of settings, and of when they are told: quiet hours, digests, a moved clock."""

from __future__ import annotations

from playwright.async_api import expect

from tests.chatroom import Room, Seen, in_browser

pytestmark = in_browser
ME = 1001


async def reader_of(room: Room, *topics: str) -> Seen:
    """A person at home who follows these."""
    me = await room.look(ME)
    await me.starts()
    for topic in topics:
        await me.says(f"/subscribe {topic}")
        await me.reads(f"From now on I tell you about “{topic}”")
    return me


async def test_settings_are_one_message_in_which_everything_is_chosen(room: Room) -> None:
    me = await reader_of(room)
    await me.says("/settings")
    await me.turns("Settings", "Alerts", into="Alerts: with a sound")
    await me.turns("Alerts: with a sound", "Silent", into="Alerts: without a sound")
    await me.turns("Alerts: without a sound", "‹ Settings", into="Link previews: shown")
    await me.turns("Link previews: shown", "Articles", into="How shall I show articles?")
    await me.turns("How shall I show articles?", "No previews", into="Link previews: not shown")
    await me.turns("Link previews: not shown", "↩️ Undo", into="Link previews: shown")
    await me.turns("Link previews: shown", "No previews", into="Link previews: not shown")
    await me.turns("Link previews: not shown", "‹ Settings", into="Alerts: without a sound")
    await expect(me.page.locator(".message")).to_have_count(4)  # /start and /settings, each with one answer


async def test_what_was_chosen_in_settings_holds_for_the_next_alert(room: Room) -> None:
    me = await reader_of(room, "tunnel")
    await room.hears("A tunnel office opens")
    await expect((await me.reads("A tunnel office opens")).locator(".preview")).to_be_visible()
    assert await me.message("A tunnel office opens").get_by_label("Silent").count() == 0

    await me.says("/settings")
    await me.turns("Settings", "Alerts", into="Alerts: with a sound")
    await me.turns("Alerts: with a sound", "Silent", into="Alerts: without a sound")
    await me.turns("Alerts: without a sound", "‹ Settings", into="Articles:")
    await me.turns("Link previews: shown", "Articles", into="How shall I show articles?")
    await me.turns("How shall I show articles?", "No previews", into="Link previews: not shown")
    await room.hears("The tunnel gets a railway")

    alert = await me.reads("The tunnel gets a railway")
    await expect(alert.get_by_label("Silent")).to_be_visible()
    await expect(alert.locator(".preview")).to_have_count(0)


async def test_another_language_is_spoken_at_once_and_given_back(room: Room) -> None:
    me = await reader_of(room, "tunnel")
    await me.says("/settings")
    await me.turns("Settings", "Language", into="Which language shall I speak?")
    await me.turns("Which language shall I speak?", "Français", into="Quelle langue")
    await room.hears("A tunnel office opens")
    await me.reads("vous suivez « tunnel »")
    await me.turns("Quelle langue", "English", into="Which language shall I speak?")


async def test_what_comes_in_quiet_hours_is_told_in_one_message_when_they_end(room: Room) -> None:
    me = await reader_of(room, "tunnel", "storm")
    await me.says("/quiet 22:00-07:00")
    await me.reads("What time is it where you are?")
    await me.says("Tunis, Tunisia")
    await me.reads("Quiet hours: 22:00 to 07:00")
    await room.hears("A tunnel office opens")
    await me.reads("A tunnel office opens")

    await room.until(23)
    await room.hears("A treaty on the tunnel is signed")
    await room.hears("A storm crosses the sea")
    await me.sees_no("A treaty on the tunnel is signed")
    await me.sees_no("A storm crosses the sea")
    await room.until(6, 55)
    await me.sees_no("A treaty on the tunnel is signed")

    await room.until(7)
    morning = await me.reads("2 headlines waited for you")
    await expect(morning).to_contain_text("A treaty on the tunnel is signed")
    await expect(morning).to_contain_text("A storm crosses the sea")
    await expect(morning).not_to_contain_text("office opens")
    await expect(me.page.locator(".message.in", has_text="treaty")).to_have_count(1)

    await room.hears("The tunnel is open")
    await me.reads("The tunnel is open")


async def test_a_digest_comes_at_its_hour_in_one_message_with_a_section_for_each_topic(room: Room) -> None:
    me = await reader_of(room, "tunnel", "storm")
    await me.says("/digest 18:00")
    await me.reads("What time is it where you are?")
    await me.says("Tunis, Tunisia")
    await me.reads("Digest: 18:00")
    for title in ("A tunnel office opens", "A storm crosses the sea", "A treaty on the tunnel is signed"):
        await room.hears(title)
    await me.sees_no("A treaty on the tunnel is signed")

    await room.until(18)

    digest = await me.reads("Your digest: 3 headlines")
    said = (await digest.locator(".text").inner_text()).split("\n\n")
    assert sorted(part.split("\n")[0] for part in said[1:]) == ["storm", "tunnel"]
    assert sum(title in "\n".join(said) for title in ("tunnel office", "the sea", "A treaty")) == 3
    await me.taps("Your digest", "1")
    await me.reads("Paragraph 1.")


async def test_who_cannot_wait_for_the_digest_has_it_now(room: Room) -> None:
    me = await reader_of(room, "tunnel")
    await me.says("/digest now")
    await me.reads("The last day brought nothing on your topics")

    await room.hears("A tunnel office opens")
    await me.says("/digest now")
    digest = await me.reads("Your digest: 1 headline")
    await expect(digest).to_contain_text("A tunnel office opens")


async def test_quiet_hours_are_tapped_and_the_clock_is_asked_with_places_to_tap(room: Room) -> None:
    me = await reader_of(room)
    await me.taps("Hello!", "⚽ Football")
    await me.taps("Done:", "Quiet hours")
    await me.taps("I write at any time", "22:00–07:00")
    await me.reads("What time is it where you are?")
    places = await me.keys("What time is it where you are?")
    assert len(places) > 2
    await me.taps("What time is it where you are?", places[0])
    await me.reads("where you are, right?")
