"""Topics in everyday words, in the languages of the interface: what they are taken to mean."""

from __future__ import annotations

import pytest

from bot.news.topics import canonical, parse


@pytest.mark.parametrize(
    ("typed", "formal"),
    [
        ("climate change or heatwave but not football", "(climate change OR heatwave) -football"),
        ("a b or c d but not e", "((a b) OR (c d)) -e"),
        ("morocco and spain without football", "morocco spain -football"),
        ("MOROCCO OR SPAIN", "morocco OR spain"),
        ("Morocco Or Spain", "morocco OR spain"),
        ("morocco, algeria, tunisia", "morocco OR algeria OR tunisia"),
        ("morocco,algeria,tunisia,", "morocco OR algeria OR tunisia"),
        ("morocco, algeria and tunisia", "morocco OR algeria OR tunisia"),
        ("morocco, algeria, and tunisia", "morocco OR algeria OR tunisia"),
        ("morocco and algeria, tunisia", "(morocco algeria) OR tunisia"),
        ("apple, but not pie, cider or juice", "apple -pie -cider -juice"),
        ("apple without pie without cider", "apple -pie -cider"),
        ("apple but not american pie", "apple -(american pie)"),
        ('"climate change" or heatwave', '"climate change" OR heatwave'),
        ("climat* or =heat", "climat* OR =heat"),
        ("* but not football", "* -football"),
        ("news about climate", "climate"),
        ("News about the climate or floods", "climate OR floods"),
        ("anything on morocco", "morocco"),
        ("1,000 homes", '"1 000" homes'),
        ("climat ou canicule sauf football", "(climat OR canicule) -football"),
        ("climat et canicule mais pas football", "climat canicule -football"),
        ("actualités sur le Maroc", "maroc"),
        ("clima o calor pero no fútbol", "(clima OR calor) -futbol"),
        ("clima y calor sin fútbol", "clima calor -futbol"),
        ("clima ou calor mas não futebol", "(clima OR calor) -futebol"),
        ("notícias sobre o clima e calor", "clima calor"),
        ("Klima oder Hitze aber nicht Fußball", "(klima OR hitze) -fussball"),
        ("Nachrichten über Klima und Hitze ohne Fußball", "klima hitze -fussball"),
        ("климат или жара, но не футбол", "(климат OR жара) -футбол"),
        ("новости о климате", "климате"),
        ("المناخ أو الحر لكن ليس الرياضة", "(المناخ OR الحر) -الرياضة"),
        ("المغرب، الجزائر، تونس", "المغرب OR الجزائر OR تونس"),
        ("أخبار عن المغرب", "المغرب"),
        ("اقلیم یا گرما اما نه فوتبال", "(اقلیم OR گرما) -فوتبال"),
        ("iklim veya sıcak ama futbol değil", "(iklim OR sıcak) -futbol"),
        ("Fas hakkında haberler", "fas"),
        ("iklim atau panas tapi bukan bola", "(iklim OR panas) -bola"),
        ("berita tentang Maroko", "maroko"),
        ("जलवायु या गर्मी लेकिन फुटबॉल नहीं", "(जलवायु OR गर्मी) -फुटबॉल"),
        ("气候 或 热浪 但不 足球", "(气候 OR 热浪) -足球"),
        ("气候变化或者热浪但不包括足球", "(气候变化 OR 热浪) -足球"),
        ("摩洛哥、阿尔及利亚、突尼斯", "摩洛哥 OR 阿尔及利亚 OR 突尼斯"),
        ("关于摩洛哥的新闻", "摩洛哥"),
        ("football not women", "football -women"),
        ("apple not the iphone, not samsung", "apple -iphone -samsung"),
        ("football !women", "football -women"),
        ('football ！women !"world cup" !(a b)', 'football -women -"world cup" -(a b)'),
        ("either trump or biden", "trump OR biden"),
        ("news about either cats or dogs", "cats OR dogs"),
        ("entweder Hund oder Katze", "hund OR katze"),
        ("news from morocco", "morocco"),
        ("News from the front", "front"),
        ("tell me about morocco", "morocco"),
        ("I want news about the climate", "climate"),
        ("climate but not the weather", "climate -weather"),
        ("climate, floods except for the weather", "(climate OR floods) -weather"),
        ("élections mais pas le foot", "elections -foot"),
        ("Klima ohne den Fußball", "klima -fussball"),
        ("quake sources: 3", "quake sources>=3"),
        ("climate near / 3 policy", "climate near/3 policy"),
        ("climate near /3 policy", "climate near/3 policy"),
        ("climate near/ 3 policy", "climate near/3 policy"),
        ("~climate policy or war", '~"climate policy" OR war'),
        ("~60:climate policy or ~war", '~60:"climate policy" OR ~"war"'),
        ("(fed or ecb) rates", "(fed OR ecb) rates"),
        ("title:climate or title:war", "title:climate OR title:war"),
        ("steel or (iron)", "steel OR iron"),
        ("(climate or heatwave) -football", "(climate OR heatwave) -football"),
        ("(steel and iron) or copper", "steel iron OR copper"),
        ("source:bbc or source:cnn", "source:bbc OR source:cnn"),
        ("title:steel or title:iron lang:en", "title:steel OR title:iron lang:en"),
    ],
)
def test_everyday_words_mean_what_a_reader_takes_them_to_mean(typed: str, formal: str) -> None:
    assert parse(typed) == parse(formal)


@pytest.mark.parametrize(
    ("typed", "formal"),
    [
        ("or", '"or"'),
        ("prix or", 'prix "or"'),
        ("or prix", '"or" prix'),
        ("prix or et argent", 'prix "or" argent'),
        ('prix "or" argent', 'prix AND "or" AND argent'),
        ("without football", '"without" football'),
        ("doctors without borders", 'doctors "without" borders'),
        ("médecins sans frontières", 'médecins "sans" frontières'),
        ("found not guilty", 'found "not" guilty'),
        ("the fed does not cut rates", 'the fed does "not" cut rates'),
        ("whether or not to vote", 'whether "or" "not" to vote'),
        ("not football", '"not" football'),
        ("football -women not men", 'football -women "not" men'),
        ("either way", "either AND way"),
        ("climate without the", "climate -the"),
        ("yahoo! buys", "yahoo buys"),
        ("who ! there", "who there"),
        ("news from", 'news "from"'),
        ("news about", 'news "about"'),
        ("أغنية يا مسافر", "أغنية AND يا AND مسافر"),
        ("(steel or) iron", 'steel "or" iron'),
        ("steel or iron -copper", 'steel "or" iron -copper'),
        ("steel or iron | copper", '(steel "or" iron) | copper'),
        ("steel, iron -copper", "steel iron -copper"),
    ],
)
def test_a_connective_at_an_end_in_a_name_or_in_a_formal_topic_is_a_word(typed: str, formal: str) -> None:
    assert parse(typed) == parse(formal)


@pytest.mark.parametrize("expression", ['"or" prix', 'cat "without" dog', 'news "about" cat', '"değil" a b "ama"'])
def test_the_one_spelling_of_a_topic_keeps_such_words_words(expression: str) -> None:
    assert parse(canonical(parse(expression))) == parse(expression)
