"""The small words around what is wanted, in the languages of the interface, and what pictures say. Owns these lists.

Here: courtesies, the words between a verb and its topic, words that begin a question, names, emoji.
Not here: verbs with a topic (wanted_verbs), whole sayings (wanted_sayings), what becomes of it (wanted).
"""

from __future__ import annotations

# Said for courtesy, or of who asks and when: at an end they go. The longest first.
COURTESIES = (
    "pls, plz, please, kindly, can you, could you, would you, will you, i want to, i want, i would like to",
    "i would like, i'd like to, i'd like, id like to, i wanna, wanna, let me, just, now, today, right now, thanks",
    "thank you, thx, bot, hey, hi, hello, dear bot, to me, for me, again, so, um, i need, also, can i, may i",
    "how can i, how do i, how to, svp, s'il vous plaît, s'il te plaît, s'il vous plait, stp, je veux, je voudrais",
    "j'aimerais, je souhaite, peux-tu, est-ce que tu peux, tu peux, pouvez-vous, pourrais-tu, bonjour, salut, merci",
    "aujourd'hui, maintenant, j'ai besoin de, por favor, porfa, quiero, quisiera, me gustaría, puedes, podrías",
    "puede, hola, gracias, hoy, ahora, necesito, yo, quero, queria, eu quero, eu gostaria de, gostaria de, você pode",
    "pode, poderia, olá, oi, obrigado, obrigada, hoje, agora, preciso de, bitte, ich möchte, ich will",
    "ich würde gerne, ich hätte gerne, kannst du, könntest du, hallo, können sie, danke, heute, jetzt, mal, gerne",
    "пожалуйста, плиз, я хочу, хочу, я хотел бы, я хотела бы, хотел бы, мне, можешь, можете, можно, привет",
    "здравствуйте, спасибо, сегодня, сейчас, я бы хотел, من فضلك, لو سمحت, رجاء, أريد أن, أريد, أود أن, أود",
    "هل يمكنك, ممكن, مرحبا, شكرا, اليوم, الآن, لطفا, خواهش می کنم, می خواهم, می خوام, میشه, می شود, سلام, ممنون",
    "امروز, الان, حالا, lütfen, istiyorum, bana, misin, mısın, bugün, şimdi, merhaba, teşekkürler, selam, tolong",
    "mohon, saya ingin, saya mau, aku mau, aku ingin, bisakah, bisakah kamu, hari ini, sekarang, dong, halo",
    "terima kasih, कृपया, मुझे, मैं, चाहता हूं, चाहती हूं, आज, अभी, ज़रा, नमस्ते, 请, 请问, 我想, 我要, 我想要",
    "能不能, 可以, 今天, 现在, 麻烦, 你好, 谢谢, 吗, 呢, 吧, 一下",
)
# Before the words of a topic, behind a verb, and behind them: they go.
LINKS_BEFORE = (
    "to, when, about, on, of, from, in, for, with, at, the, regarding, concerning, topic, news about, news on, à, a",
    "au, aux, sur, de, du, des, le, la, les, en, dans, avec, pour, par, del, sobre, al, el, los, las, con, por, do",
    "da, dos, das, em, no, na, nos, nas, o, os, as, com, para, pelo, pela, über, zu, zum, zur, von, vom, im, aus",
    "der, die, das, den, dem, bei, mit, für, nach, um, о, об, обо, про, на, в, во, за, с, из, по, от, новости о",
    "новости об, новости про, عن, في, من, حول, على, إلى, أخبار, اخبار, از, در, درباره, در مورد, به, tentang, soal",
    "dari, di, pada, dengan, mengenai, 关于, 在",
)
LINKS_BEHIND = (
    "hakkında, ile ilgili, konusunu, konusuna, haberlerini, haberlerine, را, رو, की, के, में, पर, का, को",
    "के बारे में, की खबरों, 的, 的消息, 的新闻",
)
# Said for all that is followed: who ends that is asked what shall stop.
ALL = (
    "everything, all, it all, all of it, all of them, all topics, all my topics, all subscriptions, all news, tout",
    "tous, tous les sujets, tous mes sujets, todo, todos, todas, todo eso, todos los temas, todos mis temas, tudo",
    "todos os temas, todos os tópicos, alles, alle, allem, allen, alle themen, все, всё, всего, всех, всем",
    "все темы, всех тем, كل شيء, الكل, الجميع, كل المواضيع, كل الأخبار, همه, همه چیز, همه موضوع ها, her şey, her şeyi",
    "her şeyden, hepsi, hepsini, hepsinden, tümü, tümünü, tüm konular, tüm konuları, semua, semuanya",
    "semua topik, सब, सब कुछ, सभी, सबको, सभी विषय, 全部, 所有, 一切, 所有话题, 全部话题, 所有的",
)
# Names that end as if they asked for news.
NAMES = (
    "fake news, fox news, sky news, bbc news, cbs news, nbc news, abc news, google news, hacker news, breaking bad",
)
# Words that carry nothing in a sentence: of a long text the others are its key words.
EMPTY = (
    "is, are, was, were, be, been, am, do, does, did, has, have, had, will, would, can, could, should, may, might",
    "must, i, you, he, she, it, we, they, my, your, his, her, its, our, their, this, that, these, those, there, here",
    "a, an, and, or, but, not, no, yes, if, then, than, so, as, by, what, who, whom, which, when, where, why, how",
    "much, many, very, more, most, some, any, all, just, only, also, too, into, out, up, down, over, after, before",
    "while, me, him, them, us, be, get, got, say, said, says, tell, know, want, like, please, hello, hi, dear, about",
    "because, really, think, one, est, sont, était, être, suis, es, as, ai, ont, avoir, fait, qui, que, quoi, quand",
    "où, pourquoi, comment, combien, je, tu, il, elle, nous, vous, ils, elles, on, un, une, et, ou, mais, ne, pas",
    "ce, cet, cette, ces, mon, ma, mes, ton, son, sa, ses, leur, plus, très, tout, tous, par, quel, quelle, se, si",
    "y, c'est, qu'est-ce, est-ce, été, va, peut, es, son, está, están, fue, ser, estar, hay, ha, han, qué, quién",
    "cuándo, dónde, cómo, cuál, cuánto, yo, tú, él, ella, un, una, unos, unas, y, pero, no, sí, este, esta, ese, esa",
    "mi, tu, su, más, muy, todo, lo, que, se, porque, entre, é, são, foi, ser, estar, há, que, quem, quando, onde",
    "como, qual, quanto, eu, ele, ela, nós, eles, um, uma, e, mas, não, este, esta, esse, meu, seu, sua, mais, muito",
    "todo, ist, sind, war, waren, sein, hat, haben, wird, werden, was, wer, wann, wo, warum, wie, welche, welcher",
    "ich, du, er, sie, es, wir, ihr, ein, eine, einen, einem, und, oder, aber, nicht, kein, dies, diese, mein, dein",
    "sein, mehr, sehr, auch, nur, auf, an, zum, gibt, есть, был, была, было, были, быть, кто, что, когда, где",
    "почему, как, какой, сколько, я, ты, он, она, мы, вы, они, и, или, но, не, это, этот, мой, твой, свой, очень",
    "все, тоже, только, у, к, же, ли, бы, هو, هي, هم, كان, كانت, يكون, من, ماذا, ما, متى, أين, لماذا, كيف, كم, أنا",
    "أنت, نحن, و, أو, لكن, لا, هذا, هذه, ذلك, كل, جدا, أن, إن, هل, التي, الذي, قد, است, بود, هست, کی, چه, کجا, چرا",
    "چطور, من, تو, او, ما, شما, و, یا, اما, نه, این, آن, خیلی, همه, هم, که, را, یک, شد, می شود, kim, ne, zaman",
    "nerede, neden, nasıl, hangi, kaç, ben, sen, o, biz, siz, onlar, ve, veya, ama, değil, bu, şu, çok, her, de, da",
    "mi, mı, bir, için, gibi, adalah, siapa, apa, kapan, mana, mengapa, kenapa, bagaimana, berapa, saya, kamu, dia",
    "kami, kita, mereka, dan, atau, tapi, tidak, ini, itu, sangat, semua, juga, yang, akan, sudah, है, हैं, था, थे",
    "थी, कौन, क्या, कब, कहां, क्यों, कैसे, कितना, मैं, तुम, आप, वह, हम, वे, और, या, लेकिन, नहीं, यह, ये, बहुत, सब",
    "भी, ने, से, ही, रहा",
)
# Said by pictures: the ready topic, by its key, that each stands for; each topic's own emoji need not be told.
EMOJI = (
    ("football", "⚽🥅"),
    ("sport", "🏀🎾🏈🏐🏉🏓🏸🥊🏆🥇🏃🚴🏊⛷🏎"),
    ("economy", "💰💵💴💷💸🪙🏦💹"),
    ("markets", "📊📉"),
    ("climate", "🌧🌧️☀️🌡🌡️❄️⛈️🌈🌊🔥🌤️☔⛅🌱"),
    ("health", "💊🏥😷🦠💉🧬🤒"),
    ("culture", "🎨📚🖼️🎪🏺"),
    ("music", "🎶🎧🎤🎸🎹🎼"),
    ("film", "🍿📺🎥🎞️📽️"),
    ("technology", "📱🖥️⌨️💾📡"),
    ("ai", "🧠"),
    ("science", "🔬🧪⚗️"),
    ("space", "🛰️🛸🌌👽🌕"),
    ("conflict", "💣🔫🪖💥🕊️🕊"),
    ("politics", "🗽👔"),
    ("elections", "🗳"),
    ("travel", "🏖️🧳🚗🚆🏝️"),
    ("food", "🍕🍔🍎🌾🚜🍞☕"),
    ("energy", "🔋🛢️🔌⛽"),
    ("disasters", "🌋🌀🚒"),
    ("education", "🏫✏️📖"),
    ("justice", "👮🚔🚨🔨"),
    ("world", "🗺️🌎🌍"),
    ("everything", "🗞️📣🔔"),
)
FRIENDLY = "👍👏🙏❤️❤💙💚😊😀😃😄😁😆😂🤣🥰😍😘😎🤗🤩🥳🎉🙌💪👌✌️✅😇😉🙂👋🤝💯🔝⭐🌟✨"
